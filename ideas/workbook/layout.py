"""The names of sheets and columns. People may make the workbook themselves, so names are read."""

from django.utils.translation import gettext_lazy as _

SHEET = _("Ideer")
GUIDE = _("Slik gjør dere")
LISTS = _("Lister")
HEADER_ROW = 1
MAX_IDEAS = 200  # in one file: as many as somebody can look over before saying yes

PROBLEM, WHO_HAS_IT, SUBMITTER = "problem", "who_has_it", "submitter"
SOLUTION, SECTOR, TITLE = "solution", "sector", "title"
GOALS, TAGS, RECEIVED_ON = "goals", "tags", "received_on"
COLUMNS = {
    PROBLEM: _("Hva er problemet"),
    WHO_HAS_IT: _("Hvem har problemet"),
    SUBMITTER: _("Hvem sendte det"),
    SOLUTION: _("Hva kan løse det"),
    SECTOR: _("Sektor"),
    TITLE: _("Tittel"),
    GOALS: _("Mål"),
    TAGS: _("Stikkord"),
    RECEIVED_ON: _("Mottatt dato"),
}
REQUIRED = (PROBLEM, WHO_HAS_IT, SUBMITTER)

# Somebody who wrote a note in a meeting has not agreed to be mailed.
REFUSED = ("e-post", "epost", "e-postadresse", "mail", "email", "telefon", "mobil", "navn")
