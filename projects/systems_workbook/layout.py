"""The sheets and their columns, as they are read and written."""

from django.utils.translation import gettext_lazy as _

SYSTEMS, INTEGRATIONS, LISTS = _("Systemer"), _("Integrasjoner"), _("Lister")
HEADER_ROW = 1
SYSTEM_COLUMNS = {
    "name": _("Navn"),
    "kind": _("Type"),
    "state": _("Status"),
    "sector": _("Sektor"),
    "owner": _("Systemeier"),
    "supplier": _("Leverandør"),
    "purpose": _("Brukes til"),
}
INTEGRATION_COLUMNS = {
    "source": _("Fra"),
    "target": _("Til"),
    "what": _("Hva som sendes"),
}
REQUIRED = {"name", "source", "target"}
