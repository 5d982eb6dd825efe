"""The names of sheets and columns. People may make the workbook themselves, so names are read."""

from django.utils.translation import gettext_lazy as _

GUIDE = _("Slik gjør dere")
LISTS = _("Lister")
HEADER_ROW = 1

SECTOR, AREA, LEVEL, REASON, STAFF = "sector", "area", "level", "reason", "staff"
COLUMNS = {
    SECTOR: _("Sektor"),
    AREA: _("Område"),
    LEVEL: _("Nivå"),
    REASON: _("Begrunnelse"),
    STAFF: _("Årsverk"),
}
REQUIRED = (SECTOR, AREA, LEVEL)
