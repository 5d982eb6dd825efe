"""Every file that is wrong gets a plain answer that says where, and what to do."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from maturity.exchange import checking, records, writing

HEAD = "kommunenr;kommune;år;skalaversjon;område;sektor;nivå;n"
GOOD = "0301;Oslo;2025;2026-1;innovasjon;samlet;2,8;5"


def unreadable(content: bytes) -> str:
    with pytest.raises(records.Unreadable) as refused:
        records.read(SimpleUploadedFile("fil.csv", content))
    return refused.value.message


def faults(content: bytes, known: checking.Known) -> list[str]:
    found = records.read(SimpleUploadedFile("fil.csv", content))
    with pytest.raises(checking.InvalidFile) as invalid:
        checking.check(found, known)
    return [str(fault) for fault in invalid.value.faults]


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kjenner ikke igjen fila"),
        (b"\x89PNG\r\n\0\0", "kjenner ikke igjen fila"),
        (b"%PDF-1.7 en rapport", "kjenner ikke igjen fila"),
        (b"navn;alder\nOla;7\n", "kjenner ikke igjen fila"),
        (HEAD.encode(), "ingen rader"),
        (table(GOOD).replace("nivå".encode(), b"level"), "kolonnene mangler: nivå"),
        (b'{"format": "modenhet', "Feilen er på linje 1"),
        (b'{"format": "noe annet"}', "ikke i utvekslingsformatet"),
        (b"[1, 2]", "ikke i utvekslingsformatet"),
        (b"[" * 100_000, "klarer ikke å lese"),
        (b'{"a": NaN}', "klarer ikke å lese"),
        (b'{"a": ' + b"9" * 5000 + b"}", "klarer ikke å lese"),
        (b'{"format": "modenhet-utveksling", "formatversjon": 9}', "en annen versjon"),
        (b'{"format": "modenhet-utveksling", "formatversjon": 1}', "ingen liste med «rader»"),
        (b"PK\x03\x04 dette er ikke en zip", "kan være skadet"),
        (table(*[GOOD] * 2001), "for mange rader: høyst 2000"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_plainly(content, words):
    assert words in unreadable(content)


def test_a_file_that_is_too_large_is_not_read():
    upload = SimpleUploadedFile("fil.csv", b"x")
    upload.size = 50 * 1024 * 1024

    with pytest.raises(records.Unreadable, match="høyst 5\N{NO-BREAK SPACE}MB"):
        records.read(upload)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (GOOD.replace("2,8", "6"), "Linje 2, «nivå»: Nivået må være et tall fra 1 til 5"),
        (GOOD.replace("2,8", "0"), "Linje 2, «nivå»: Nivået må være et tall fra 1 til 5"),
        (GOOD.replace("2,8", "5,01"), "Linje 2, «nivå»: Nivået må være et tall fra 1 til 5"),
        (GOOD.replace("2,8", "seks"), "Der står «seks»."),
        (GOOD.replace("2,8", ""), "Linje 2, «nivå»: Nivået må være et tall fra 1 til 5"),
        (GOOD.replace("innovasjon", "teknologi"), "«innovasjon» og «styring-og-ledelse»"),
        (GOOD.replace("0301", "3407"), "Dette er vår egen måling"),
        (GOOD.replace("0301", "Oslo"), "Kommunenummeret må ha fire siffer. Der står «Oslo»."),
        (GOOD.replace("0301", "12345"), "Kommunenummeret må ha fire siffer"),
        (GOOD.replace("2025", "2027"), "Året må være fra 2000 til 2026. Der står «2027»."),
        (GOOD.replace("Oslo", ""), "«kommune»: Skriv en tekst på høyst 80 tegn"),
        (GOOD.replace("Oslo", "O" * 81), "«kommune»: Skriv en tekst på høyst 80 tegn"),
        (GOOD.replace(";5", ";0"), "«n»: Skriv et helt tall fra 1"),
        (GOOD.replace("samlet", "Helse"), "minst én rad med et område der sektor er «samlet»"),
    ],
)
def test_a_fault_says_where_it_is_and_what_is_right(row, fault, known):
    assert any(fault in found for found in faults(table(row), known))


def test_every_fault_is_told_at_once(known):
    bad = "0301;Oslo;2025;2026-1;teknologi;samlet;7;mange"

    found = faults(table(GOOD, GOOD, bad), known)

    assert len(found) == 4
    assert "Linje 3: Samme område og sektor står også i linje 2." in found


def test_one_measurement_in_a_file(known):
    other = GOOD.replace("Oslo", "Bergen").replace("samlet", "Helse")

    assert "Her står «Bergen», men fila gjelder «Oslo»" in faults(table(GOOD, other), known)[0]


def test_a_formula_in_a_workbook_is_named_by_its_cell(known):
    book = openpyxl.Workbook()
    book.active.title = "Måling"
    book.active.append(HEAD.split(";"))
    book.active.append(["0301", "Oslo", 2025, "2026-1", "innovasjon", "samlet", "=1+1", 5])
    out = io.BytesIO()
    book.save(out)

    found = faults(out.getvalue(), known)

    assert "Arket «Måling», celle G2: Her står en formel. Skriv verdien i stedet." in found


def test_what_json_can_smuggle_in_is_refused(document, known):
    data = json.loads(writing.as_json(document, schema=""))
    data["kommune"] = "Oslo\u0000"
    data["rader"][0]["sektor"] = "\ud800"
    data["rader"][1]["nivå"] = {"tall": 3}
    data["rader"][2]["n"] = True

    found = faults(json.dumps(data).encode(), known)

    assert [fault.split(":")[0] for fault in found][:4] == [
        "Øverst i fila, «kommune»",
        "Rad 1, «sektor»",
        "Rad 2, «nivå»",
        "Rad 3, «n»",
    ]


def test_statements_that_cannot_be_read_are_passed_over(document, known):
    data = json.loads(writing.as_json(document, schema=""))
    data["områder"] = ["x", {"kode": 1}, {"kode": "a", "navn": "A", "kjennetegn": [{"nøkkel": 3}]}]

    content = json.dumps(data).encode()
    found = checking.check(records.read(SimpleUploadedFile("f", content)), known)

    assert found.keys() == frozenset()
