"""Where things stand in KS' workbook: sheets, headings and cells, as they were published.

What is computed or copied in the workbook is never read: a file that was not opened in Excel after
it was filled in has no such values, and two of the copied names are wrong («Resultatoppfølging»
B26 and B27 show the benefits 9 and 10).
"""

from dataclasses import dataclass

CARD = "Forside"
STAKEHOLDERS = "KONSEPT - Interessentliste"
CHANGES = "KONSEPT - Endringsanalyse"
ATTITUDES = "KONSEPT - Interessentanalyse"
ANALYSIS = "KONSEPT - Gevinstanalyse"
PLAN = "PLANLEGGE - Gevinstreal.plan"
FOLLOW_UP = "PLANLEGGE - Oppfølgingsplan"
RESULTS = "REALISERE - Resultatoppfølging"

PROCESSES = ("KONSEPT - Prosessanalyse (1)", "KONSEPT - Prosessanalyse (2)")
STATUS_REPORT = "GJENNOMFØRE - Statusrapport"
HANDOVER = "OVERLEVERE - Overleveringsrapp."
# The workbook has these hidden itself.
SUPPORT = "støtteark"

ROWS = 14  # for benefits
YEARS = 4  # of the budget
BUDGET_COLUMNS = "DEFG"
STAKEHOLDER_ROWS = range(5, 20)
COSTS_ROW = 26
GAIN_YEARS_ROW = 6
COST_YEARS_ROW = 25
UPDATED = "C1"  # of the follow-up plan: «Oppdatert: 1.9.2026»
MEASURED_AT = "F1"  # of the results: «Dato: 15.10.2026»

# By the beginning of its heading a cell is known to be the one we mean.
HEADINGS = {
    CARD: {
        "A4": "Foreløpig navn",
        "A6": "Idébeskrivelse",
        "A8": "Er endringen lovpålagt",
        "A10": "Planlagt startdato",
        "A11": "Planlagt sluttdato",
        "A13": "Prosjektbudsjett",
        "A16": "Tjenesteeier",
        "A17": "Prosjekteier",
        "A18": "Prosjektleder",
        "A19": "Virksomhetsleder",
    },
    STAKEHOLDERS: {"A4": "Berørte interessenter", "B4": "Involveres", "C4": "Kommentarer"},
    CHANGES: {
        "A4": "Prosess",
        "B4": "Endring",
        "C4": "Gevinst",
        "D4": "Strategisk mål",
        "E4": "Forutsetninger",
    },
    ATTITUDES: {
        "B4": "Hvordan påvirkes",
        "C4": "Innflytelse",
        "D4": "Holdning",
        "E4": "Strategi",
    },
    ANALYSIS: {
        "C5": "Gevinsttype",
        "D5": "Gevinstbudsjett",
        "H5": "Gevinst-betydning",
        "C24": "Investering",
        "D24": "Drif",
        "H24": "Rente",
    },
    PLAN: {
        "B4": "Tiltak",
        "C4": "Frist",
        "D4": "Hvordan skal gevinsten",
        "E4": "Måleindikator",
        "F4": "Når blir gevinsten",
        "G4": "Gevinst-",
    },
    FOLLOW_UP: {
        "C4": "Måleenhet",
        "D4": "Dagens verdi",
        "E4": "Ønsket verdi",
        "F4": "Målemetode",
    },
    RESULTS: {"D13": "Dagens måling", "F13": "Status"},
}

# The words of the drop-down lists, by how they begin, with the values of our own models.
KINDS = {"direkte": "direct", "indirekte": "time", "kvalitativ": "quality"}
ENGAGEMENTS = {
    "Intervjue": "interview",
    "Invitere til gevinstworkshop": "workshop",
    "Holde informert": "inform",
    "Involvere senere": "later",
    "Ikke involvere": "not",
}


@dataclass(frozen=True)
class Row:
    """The cells of benefit `place` (1–14), which stands in another row in each sheet."""

    place: int

    @property
    def changes(self) -> int:
        return self.place + 4

    @property
    def analysis(self) -> int:
        return self.place + 6

    @property
    def plan(self) -> int:
        """The first of two: a benefit has room for two tiltak."""
        return 2 * self.place + 3

    @property
    def follow_up(self) -> int:
        return self.place + 4

    @property
    def results(self) -> int:
        return self.place + 13


BENEFITS = [Row(place) for place in range(1, ROWS + 1)]
