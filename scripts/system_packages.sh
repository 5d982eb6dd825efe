#!/bin/sh
# What the tests need from the system: Chromium, LibreOffice Calc and Writer, and the libraries of WeasyPrint.
# Root gets them from apt-get. Others are told; only CI takes what is missing for a failure.
set -eu

has_chromium() { command -v chromium >/dev/null; }
has_calc() { command -v soffice >/dev/null; }
has_writer() { command -v soffice >/dev/null && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libswlo.so" ]; }
has_weasyprint() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }

missing=
has_chromium || missing="chromium"
has_calc || missing="$missing libreoffice-calc"
has_writer || missing="$missing libreoffice-writer"
has_weasyprint || missing="$missing libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installerer $missing …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update --quiet=2
    # shellcheck disable=SC2086 # the names are words
    apt-get install --quiet=2 --yes --no-install-recommends $missing >/dev/null
fi

if ! has_weasyprint; then
    .venv/bin/python -m gjovik_digi.serve_demo --check
fi
if ! has_chromium; then
    echo "Chromium mangler. Installer pakken chromium for å kjøre reisene i nettleseren." >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
fi
if ! has_calc; then
    echo "LibreOffice mangler. Installer pakken libreoffice-calc for å prøve regnearkene i den." >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
fi
if ! has_writer; then
    echo "LibreOffice Writer mangler. Installer pakken libreoffice-writer for å prøve Word-filene i den." >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
fi
