"""KS' gevinstverktøy as it is published, without its pictures: sheets, headings and formulas."""

import io
from collections.abc import Mapping
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from benefits.kommit_workbook.reading import read_kommit
from benefits.models import KommitImport
from benefits.views.kommit import KIND
from core.imports import stage
from core.models import StagedImport
from core.workbooks import Cell, Sheet
from core.workbooks import Workbook as ReadWorkbook
from municipality.models import User
from projects.models import Project
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory

CARD = "Forside"
STAKEHOLDERS = "KONSEPT - Interessentliste"
CHANGES = "KONSEPT - Endringsanalyse"
ATTITUDES = "KONSEPT - Interessentanalyse"
ANALYSIS = "KONSEPT - Gevinstanalyse"
PLAN = "PLANLEGGE - Gevinstreal.plan"
FOLLOW_UP = "PLANLEGGE - Oppfølgingsplan"
RESULTS = "REALISERE - Resultatoppfølging"

DIRECT = "Direkte (økonomiske - NOK)"
INDIRECT = "Indirekte (frigjort tid - årsverk)"
QUALITATIVE = "Kvalitative (f.eks. omdømme)"

HEADINGS: dict[str, dict[str, str]] = {
    CARD: {
        "A1": "Prosjektkort",
        "A4": "Foreløpig navn / prosjektnavn:",
        "A6": "Idébeskrivelse / prosjektets hensikt:",
        "A8": "Er endringen lovpålagt? Ja/Nei",
        "A10": "Planlagt startdato:",
        "A11": "Planlagt sluttdato:",
        "A13": "Prosjektbudsjett:",
        "A16": "Tjenesteeier:",
        "A17": "Prosjekteier:",
        "A18": "Prosjektleder:",
        "A19": "Virksomhetsleder:",
    },
    "Meny for verktøyet": {"A1": "Gevinstrealisering som prosess"},
    STAKEHOLDERS: {
        "A4": "Berørte interessenter",
        "B4": "Involveres i gevinstarbeidet?\n(velg fra listen)",
        "C4": "Kommentarer",
    },
    "KONSEPT - Prosessanalyse (1)": {"A5": "Prosessnavn:"},
    "KONSEPT - Prosessanalyse (2)": {"A5": "Prosessnavn:"},
    CHANGES: {
        "A4": "Prosess",
        "B4": "Endring\nHva som skal gjøres på en ny måte?",
        "C4": "Gevinst\nHvilket positivt resultat vil endringen skape?",
        "D4": "Strategisk mål som gevinsten bidrar til \nvalgfritt å fylle ut",
        "E4": "Forutsetninger for at gevinsten blir realisert",
    },
    ATTITUDES: {
        "A4": "Berørte interessenter\n(kopieres automatisk)",
        "B4": "Hvordan påvirkes interessenten av endringen?",
        "C4": "Innflytelse (1; 2; 3) ",
        "D4": "Holdning \n(-1; 0; 1)",
        "E4": "Strategi for forankring, kommunikasjon og opplæring",
    },
    ANALYSIS: {
        "B5": "Gevinst\n(kopieres automatisk fra endringsanalysen):",
        "C5": "Gevinsttype\n(velg fra listen):",
        "D5": "Gevinstbudsjett \n(direkte - NOK, indirekte - årsverk)",
        "H5": "Gevinst-betydning\n(for kvalitative gevinster,\n1(lav) - 5 (høy)):",
        **{f"{column}6": "År" for column in "DEFG"},
        "B24": "Beskrivelse av kostnader:",
        "C24": "Investering:",
        "D24": "Drifskostnader:",
        "H24": "Rente:",
        **{f"{column}25": "År" for column in "DEFG"},
    },
    PLAN: {
        "A4": "Gevinst\n(kopieres automatisk)",
        "B4": "Tiltak for å få gevinster realisert",
        "C4": "Frist for tiltak",
        "D4": 'Hvordan skal gevinsten "omsettes"?',
        "E4": "Måleindikator for gevinsten",
        "F4": "Når blir gevinsten realisert?",
        "G4": "Gevinst-   ansvarlig",
    },
    FOLLOW_UP: {
        "C1": "Oppdatert: _____",
        "A4": "Gevinst\n(kopieres automatisk)",
        "B4": "Måleindikator\n(kopieres automatisk)",
        "C4": "Måleenhet",
        "D4": "Dagens verdi",
        "E4": "Ønsket verdi",
        "F4": "Målemetode",
    },
    "GJENNOMFØRE - Statusrapport": {"B5": "Overordnet status"},
    "OVERLEVERE - Overleveringsrapp.": {"B5": "Vurdering av hvor vellykket prosjektet har vært"},
    RESULTS: {
        "F1": "Dato: _____________________",
        "B13": "Gevinst\n(kopieres automatisk):",
        "D13": "Dagens måling:",
        "E13": "Mål-oppnåelse\n(beregnes automatisk):",
        "F13": "Status:",
    },
    "støtteark": {"A1": "Diskontering:"},
}


def _copied() -> dict[str, dict[str, str]]:
    """The names a benefit is shown by elsewhere: formulas, and two of them wrong."""
    names = {
        place: f"=IF('{CHANGES}'!C{place + 4}=0,\"\",'{CHANGES}'!C{place + 4})"
        for place in range(1, 15)
    }
    shown = {place: place + 6 for place in range(1, 13)} | {13: 15, 14: 16}
    return {
        ANALYSIS: {f"B{place + 6}": name for place, name in names.items()},
        PLAN: {f"A{2 * place + 3}": name for place, name in names.items()},
        FOLLOW_UP: {f"A{place + 4}": name for place, name in names.items()},
        RESULTS: {f"B{place + 13}": f"='{ANALYSIS}'!B{row}" for place, row in shown.items()},
    }


def kommit_book(filled: Mapping[str, Mapping[str, Any]]) -> Workbook:
    """The workbook with `filled`: sheet → cell → value. None empties a cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    copied = _copied()
    for name, headings in HEADINGS.items():
        sheet = book.create_sheet(name)
        for cell, value in {**headings, **copied.get(name, {}), **filled.get(name, {})}.items():
            sheet[cell] = value
    for place in range(1, 15):
        for column in "ADEFG":
            book[PLAN].merge_cells(f"{column}{2 * place + 3}:{column}{2 * place + 4}")
    book["støtteark"].sheet_state = "hidden"
    return book


def as_read(filled: Mapping[str, Mapping[str, Any]]) -> ReadWorkbook:
    """The same as the reader of files would give of `kommit_book`, at once."""
    copied = _copied()
    sheets = {
        name: Sheet(
            name,
            {
                cell: Cell(value, "f" if str(value).startswith("=") else "n")
                for cell, value in {**at, **copied.get(name, {}), **filled.get(name, {})}.items()
                if value is not None
            },
        )
        for name, at in HEADINGS.items()
    }
    return ReadWorkbook("gevinster.xlsx", sheets)


def kommit_file(
    filled: Mapping[str, Mapping[str, Any]], *, name: str = "gevinster.xlsx"
) -> SimpleUploadedFile:
    return as_upload(kommit_book(filled), name=name)


def as_upload(book: Workbook, *, name: str = "gevinster.xlsx") -> SimpleUploadedFile:
    saved = io.BytesIO()
    book.save(saved)
    return SimpleUploadedFile(name, saved.getvalue())


def one_benefit(**overrides: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A direct benefit with all that may be said of it. Overrides: `analysis={"D7": "…"}`."""
    cells: dict[str, dict[str, Any]] = {
        CARD: {"B4": "Digitale nøkler", "B8": "Nei", "B13": 1_200_000},
        STAKEHOLDERS: {"A5": "Hjemmetjenesten", "B5": "Intervjue", "C5": "Via tillitsvalgt"},
        CHANGES: {
            "A5": "Nattrunden",
            "B5": "Nøkkelen ligger i telefonen",
            "C5": "Mindre kjøring etter nøkler",
            "D5": "Mer tid til brukerne",
            "E5": "Alle har telefon",
        },
        ATTITUDES: {"B5": "Slipper å kjøre", "C5": 3, "D5": 1, "E5": "Opplæring i mai"},
        ANALYSIS: {
            "C7": DIRECT,
            "D7": 100_000,
            "E7": 200_000,
            "F7": 200_000,
            "G7": "250 000",
            "C26": 300_000,
            "D26": 20_000,
            "E26": 20_000,
            "F26": 20_000,
            "G26": 20_000,
            "H26": 0.04,
        },
        PLAN: {
            "B5": "Lær opp nattevaktene",
            "C5": "31.05.2027",
            "B6": "Si opp leasingen av to biler",
            "D5": "Budsjettet kuttes",
            "E5": "Kjørte kilometer om natta",
            "F5": "mars 2028",
            "G5": "Nina Nattevakt",
        },
        FOLLOW_UP: {
            "C1": "Oppdatert: 1.9.2026",
            "C5": "km",
            "D5": "90",
            "E5": 45.5,
            "F5": "Kjørebok",
        },
        RESULTS: {"F1": "Dato: 15.10.2026", "D14": 81, "F14": "Begynt"},
    }
    names = {
        "card": CARD,
        "stakeholders": STAKEHOLDERS,
        "changes": CHANGES,
        "attitudes": ATTITUDES,
        "analysis": ANALYSIS,
        "plan": PLAN,
        "follow_up": FOLLOW_UP,
        "results": RESULTS,
    }
    for which, changed in overrides.items():
        cells[names[which]].update(changed)
    return cells


def full() -> dict[str, dict[str, Any]]:
    """All fourteen rows, of the three types in turn, each measured and with two tiltak."""
    cells = one_benefit(
        card={
            "B6": "Slippe å kjøre etter nøkler",
            "B10": "1.1.2027",
            "B11": "31.12.2027",
            "B17": "Olav Eier",
        }
    )
    cells[ANALYSIS].update({f"{column}6": f"År {2027 + at}" for at, column in enumerate("DEFG")})
    for place in range(1, 15):
        kind = (DIRECT, INDIRECT, QUALITATIVE)[(place - 1) % 3]
        cells[CHANGES].update(
            {f"B{place + 4}": f"Endring {place}", f"C{place + 4}": f"Gevinst {place}"}
        )
        cells[ANALYSIS][f"C{place + 6}"] = kind
        for at, column in enumerate("DEFG"):
            amount = {DIRECT: 1000 * place + at, INDIRECT: place / 4, QUALITATIVE: None}[kind]
            cells[ANALYSIS][f"{column}{place + 6}"] = amount
        if kind == QUALITATIVE:
            cells[ANALYSIS][f"H{place + 6}"] = place % 5 + 1
        row = 2 * place + 3
        cells[PLAN].update(
            {
                f"B{row}": f"Tiltak {place} a",
                f"B{row + 1}": f"Tiltak {place} b",
                f"E{row}": f"Indikator {place}",
                f"F{row}": 2030,
                f"G{row}": "Nina Nattevakt",
            }
        )
        cells[FOLLOW_UP].update({f"C{place + 4}": "%", f"D{place + 4}": 10, f"E{place + 4}": 90})
        cells[RESULTS][f"D{place + 13}"] = 10 + place
    return cells


def staged_kommit(
    project: Project, *, by: User, cells: Mapping[str, Mapping[str, Any]] | None = None
) -> StagedImport:
    """All fourteen benefits, or `cells`: uploaded to the project, and not yet confirmed."""
    filled, _faults = read_kommit(as_read(cells or full()))
    assert filled is not None
    return stage(
        KIND,
        target=str(project.pk),
        payload=filled.as_json(),
        file_name="gevinster.xlsx",
        by=by,
    )


class KommitImportFactory(factory.django.DjangoModelFactory):
    """Of one that made nothing."""

    class Meta:
        model = KommitImport

    project = factory.SubFactory(ProjectFactory)
    file_name = "gevinster.xlsx"
    digest = "0" * 64
    benefits = 1
    at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(UserFactory)
