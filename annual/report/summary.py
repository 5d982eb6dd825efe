"""«Året i én setning»: what a reader who stops here should have been told."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual.report import ideas
from annual.report.parts import Section
from annual.report.reader import Reader

KEY = "summary"


def section(reader: Reader, year: ideas.Year) -> Section:
    return Section(KEY, _("Året i én setning"), _sentence(reader, year))


def _sentence(reader: Reader, year: ideas.Year) -> str:
    if not year.total:
        return _("I {year} kom det ikke inn noen ideer.").format(year=reader.year)
    ideas_came = ngettext("{n} idé", "{n} ideer", year.total).format(n=year.total)
    answered = _("alle har fått endelig svar")
    if year.answered < year.total:
        answered = _("{n} har fått endelig svar").format(n=year.answered)
    approved = ngettext("{n} ble godkjent", "{n} ble godkjent", year.approved).format(
        n=year.approved
    )
    if not year.approved:
        approved = _("ingen er godkjent ennå")
    effect = _("og virkningen er ikke målt ennå")
    if year.measured:
        effect = _("og virkningen er målt for {n} av dem").format(n=year.measured)
    return _("I {year} fikk vi {ideas}: {answered}, {approved}, {effect}.").format(
        year=reader.year, ideas=ideas_came, answered=answered, approved=approved, effect=effect
    )
