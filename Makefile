# All targets work from a fresh clone; see README.md. `make demo` is the one to begin with.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

python := .venv/bin/python
embedded := $(python) -m gjovik_digi.embedded

# Many processes start; each module is compiled once.
unexport PYTHONDONTWRITEBYTECODE

# For checks and tests only. The demo makes its own, and production names one.
key_for_tests := not-a-secret-because-it-guards-nothing-but-tests-0123456789
production := DEBUG=false HTTPS=true SECRET_KEY=$(key_for_tests) ALLOWED_HOSTS=hjulet.example.no

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | sort | expand -t 14

.PHONY: demo
demo: install static-files ## start everything with a believable municipality, at http://localhost:8000
	@$(python) -m gjovik_digi.serve_demo

.PHONY: demo-reset
demo-reset: install ## throw the demo's data away, so that the next `make demo` begins anew
	@$(python) -m gjovik_digi.serve_demo --reset

.PHONY: test
test: install static-files system-packages ## run all tests, browser journeys included
	@$(embedded) --instance test exec -- sh scripts/test.sh

.PHONY: e2e
e2e: install static-files system-packages ## run only the browser journeys
	@$(embedded) --instance test exec -- $(python) -m pytest -m e2e

.PHONY: check
check: install assets ## format, lint, imports, types, templates, migrations, deployment; changes nothing
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	.venv/bin/djangofmt --check templates
	$(python) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	SECRET_KEY=$(key_for_tests) $(python) -m mypy .
	$(production) $(embedded) --instance test exec -- sh scripts/check_django.sh

.PHONY: fix
fix: install ## put format and imports right
	$(python) -m ruff check --fix .
	$(python) -m ruff format .
	.venv/bin/djangofmt --quiet templates

.PHONY: bench
bench: install static-files ## measure pages and memo, and print JSON and a table
	@SECRET_KEY=$(key_for_tests) $(embedded) --instance bench exec -- $(python) -m benchmarks

.PHONY: install
install: .venv/.installed ## the Python packages, from the lock

.PHONY: assets
assets: assets/.built fonts/.built ## style sheets, web components and fonts, from npm's lock

.PHONY: static-files
static-files: assets .local/static/staticfiles.json

.PHONY: system-packages
system-packages: install
	@sh scripts/system_packages.sh

.PHONY: lock
lock: install ## write the locks anew from pyproject.toml and package.json
	$(compile) pyproject.toml -o requirements/production.txt
	$(compile) --group dev pyproject.toml -o requirements/development.txt
	$(compile) --group node -o requirements/node.txt
	echo uv | $(compile) --constraint requirements/development.txt - -o requirements/uv.txt
	sh scripts/npm.sh install --package-lock-only

compile := .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

.venv/.installed: requirements/development.txt requirements/uv.txt scripts/install.sh
	@sh scripts/install.sh
	@touch $@

node_modules/.installed: package.json package-lock.json requirements/node.txt | .venv/.installed
	@sh scripts/npm.sh ci --no-audit --no-fund --loglevel error
	@touch $@

assets/.built: node_modules/.installed theme.config.json scripts/build-assets.mjs $(wildcard frontend/*)
	@sh scripts/npm.sh run build --silent
	@touch $@

fonts/.built: node_modules/.installed core/fonts.py
	@$(python) -m core.fonts
	@touch $@

.local/static/staticfiles.json: .venv/.installed assets/.built $(shell find static -type f)
	@echo "Samler stilark og skript …"
	@$(production) $(python) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
