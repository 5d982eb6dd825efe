"""Our results for others to fetch, open to anyone."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.responses import attachment
from maturity import results
from maturity.exchange import fields, ours, writing
from maturity.exchange.document import Document
from maturity.exchange.schema import json_schema
from municipality.models import Municipality


@login_not_required
@require_GET
def exchange(request: HttpRequest) -> HttpResponse:
    """What the format is, and every measured year in it."""
    return render(
        request, "maturity/exchange.html", {"years": ours.years(), "fields": fields.explained()}
    )


@login_not_required
@require_GET
def exchange_json(request: HttpRequest, year: int) -> HttpResponse:
    document = _document(year)
    return attachment(
        writing.as_json(document, schema=_schema_address(request)),
        filename=f"{_file_name(document)}.json",
        content_type=writing.JSON_TYPE,
    )


@login_not_required
@require_GET
def exchange_csv(request: HttpRequest, year: int) -> HttpResponse:
    document = _document(year)
    return attachment(
        writing.as_csv(document),
        filename=f"{_file_name(document)}.csv",
        content_type=writing.CSV_TYPE,
    )


@login_not_required
@require_GET
def exchange_schema(request: HttpRequest) -> HttpResponse:
    schema = json.dumps(json_schema(_schema_address(request)), ensure_ascii=False, indent=2)
    return HttpResponse(schema, content_type="application/schema+json; charset=utf-8")


def _document(year: int) -> Document:
    history = results.read(since=year, until=year)
    if not history.years:
        raise Http404
    return ours.document(history, history.years[0], Municipality.load())


def _schema_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("maturity:exchange-schema"))


def _file_name(document: Document) -> str:
    return f"modenhet-{document.municipality_number}-{document.year}"
