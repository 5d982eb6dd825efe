#!/bin/sh
# What Django itself can tell: models and migrations in step, templates that compile, and settings
# fit for production.
set -eu

.venv/bin/python manage.py makemigrations --check --dry-run
.venv/bin/python manage.py compile_templates
.venv/bin/python manage.py check --deploy --fail-level WARNING
