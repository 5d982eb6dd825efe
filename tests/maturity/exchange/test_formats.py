"""What is written is read again: JSON, CSV, and the CSV as a spreadsheet keeps it."""

import dataclasses
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from maturity.exchange import checking, records, writing
from maturity.exchange.document import TOTAL, Document, Row
from maturity.exchange.schema import json_schema

SCHEMA = "https://gjovik.example/modenhet/utveksling/skjema.json"


def uploaded(content: bytes, name: str = "fil") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def read(content: bytes, known: checking.Known, name: str = "fil") -> Document:
    return checking.check(records.read(uploaded(content, name)), known)


def workbook(document: Document) -> bytes:
    """The CSV as somebody's spreadsheet program makes numbers of it, and saves it as .xlsx."""
    book = openpyxl.Workbook()
    table = list(document.table())
    book.active.append(writing.HEAD + writing.ROW)
    for number, *rest, level, n in table:
        values = [int(number), *rest, float(level), n]
        book.active.append([f"'{v}" if v == "=HELSE()" else v for v in values])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_json_is_read_as_it_was_written(document, known):
    assert read(writing.as_json(document, schema=SCHEMA), known) == document


def test_csv_is_read_as_it_was_written(document, known):
    without_texts = dataclasses.replace(document, areas=())

    assert read(writing.as_csv(document), known) == without_texts


def test_the_staged_json_is_the_document(document):
    staged = json.loads(json.dumps(document.as_json()))

    assert Document.of_json(staged) == dataclasses.replace(document, areas=())


def test_csv_opens_right_in_a_norwegian_spreadsheet(document):
    lines = writing.as_csv(document).decode("utf-8-sig").split("\r\n")

    assert writing.as_csv(document).startswith(b"\xef\xbb\xbf")
    assert lines[0] == (
        "kommunenr;kommune;år;skalaversjon;foreløpig;levert;sektorer;aggregering;"
        "område;sektor;nivå;n"
    )
    assert lines[1] == (
        "0301;Guovdageainnu suohkan 🏔;2025;2026-1;ja;4;5;uvektet;innovasjon;samlet;2,8;5"
    )


def test_a_text_in_csv_is_never_a_formula(document):
    assert ";'=HELSE();" in writing.as_csv(document).decode("utf-8-sig")


def test_a_workbook_is_told_by_its_content_and_its_lost_zero_is_put_back(known):
    document = Document(
        municipality_number="0301",
        municipality_name="Oslo",
        year=2025,
        scale_version="2026-1",
        rows=(Row("innovasjon", TOTAL, Decimal("2.8"), 5),),
        is_preliminary=False,
        aggregation="årsverk",
    )

    assert read(workbook(document), known, name="måling.csv") == document


def test_windows_1252_is_read_too(document, known):
    plain = dataclasses.replace(document, municipality_name="Våler", areas=())
    plain = dataclasses.replace(plain, rows=(Row("innovasjon", TOTAL, Decimal("2.8"), 5),))
    content = writing.as_csv(plain).decode("utf-8-sig").encode("cp1252")

    assert read(content, known) == plain


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_other_delimiters_and_a_decimal_point_are_read(delimiter, known):
    head = "kommunenr,kommune,år,skalaversjon,område,sektor,nivå,n".replace(",", delimiter)
    row = "0301,Oslo,2025,v1,Styring og ledelse,Samlet,3.25,5".replace(",", delimiter)

    found = read(f"{head}\n{row}\n".encode(), known)

    assert found.rows == (Row("styring-og-ledelse", TOTAL, Decimal("3.25"), 5),)


levels = st.decimals(1, 5, places=2)
names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80).filter(
    lambda text: text == text.strip() and text.casefold() != TOTAL and not text.startswith("'")
)


@given(levels, names, names)
def test_any_name_and_any_level_comes_back_as_it_was(level, name, sector):
    known = checking.Known("3407", {"innovasjon": "innovasjon"}, 2026)
    document = Document(
        municipality_number="4601",
        municipality_name=name,
        year=2026,
        scale_version="v1",
        rows=(Row("innovasjon", TOTAL, level, 5), Row("innovasjon", sector, level, 1)),
    )

    assert read(writing.as_json(document, schema=SCHEMA), known) == document
    assert read(writing.as_csv(document), known) == document


def follows(value, schema) -> bool:
    """As much of JSON Schema as ours uses."""
    if "const" in schema:
        return value == schema["const"]
    if "enum" in schema:
        return value in schema["enum"]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    if not isinstance(value, kinds.get(schema["type"], int | float)):
        return False
    match value:
        case dict():
            there = {name: value[name] for name in schema["properties"] if name in value}
            return set(schema["required"]) <= value.keys() and all(
                follows(each, schema["properties"][name]) for name, each in there.items()
            )
        case list():
            return len(value) >= schema.get("minItems", 0) and all(
                follows(each, schema["items"]) for each in value
            )
        case str():
            return schema["minLength"] <= len(value) <= schema.get("maxLength", len(value))
        case bool():
            return True
    return schema["minimum"] <= value <= schema.get("maximum", value)


def test_what_we_write_follows_our_own_schema(document):
    written = json.loads(writing.as_json(document, schema=SCHEMA))

    assert written["$schema"] == SCHEMA
    assert follows(written, json_schema(SCHEMA))


@pytest.mark.parametrize(
    ("field", "value"),
    [("formatversjon", 2), ("år", "2025"), ("kommune", ""), ("rader", []), ("foreløpig", "ja")],
)
def test_the_schema_refuses_what_the_format_is_not(field, value, document):
    written = json.loads(writing.as_json(document, schema=SCHEMA))

    assert not follows(written | {field: value}, json_schema(SCHEMA))


@pytest.mark.parametrize("level", [0, 5.5, "3", None])
def test_the_schema_refuses_a_level_off_the_scale(level, document):
    written = json.loads(writing.as_json(document, schema=SCHEMA))
    written["rader"][0]["nivå"] = level

    assert not follows(written, json_schema(SCHEMA))
