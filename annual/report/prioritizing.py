"""«Prioriteringen»: what was scored, and what the executive group decided."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual.report.parts import Numbers, Row, Section, Table, joined, page
from annual.report.reader import Reader
from municipality.models import Municipality
from prioritization.models import Decision, Entry, Outcome, Round, RoundStatus
from prioritization.models.decisions import DecisionQuerySet
from prioritization.models.rounds import RoundQuerySet

KEY = "prioritization"


def section(reader: Reader) -> Section:
    heading = _("Prioriteringen")
    scored = _scored(reader)
    outcomes = _outcomes(reader)
    decided = sum(outcomes.values())
    if not scored and not decided:
        text = _("Ingen ideer er ferdig prioritert i {year} ennå.").format(year=reader.year)
        return Section(KEY, heading, text)
    against = _told(reader).told_counts()["against"]
    return Section(
        KEY,
        heading,
        joined(_ranked(scored), _decided(outcomes, decided), _followed(decided, against)),
        numbers=_numbers(reader, scored, decided, against).found,
        tables=[_table(outcomes)] if decided else [],
    )


def _scored(reader: Reader) -> int:
    """Ideas that have a score in a round of the year that is closed."""
    entries = Entry.objects.filter(
        round__cycle=reader.cycle, round__status=RoundStatus.CLOSED, score__isnull=False
    )
    return entries.aggregate(ideas=Count("idea", distinct=True))["ideas"]


def _told(reader: Reader) -> DecisionQuerySet:
    """The decisions of the year's memos that were told to those who sent the ideas."""
    return Decision.objects.published().filter(item__memo__round__cycle=reader.cycle)


def _outcomes(reader: Reader) -> dict[str, int]:
    rows = _told(reader).order_by().values_list("outcome").annotate(Count("pk"))
    return dict(rows)


def _ranked(scored: int) -> str:
    if not scored:
        return _("Ingen ideer er ferdig rangert ennå.")
    return ngettext("{n} idé er rangert.", "{n} ideer er rangert.", scored).format(n=scored)


def _decided(outcomes: dict[str, int], decided: int) -> str:
    municipality = Municipality.load()
    if not decided:
        return _("{group} har ikke vedtatt noe ennå.").format(
            group=municipality.executive_group_title
        )
    said = _("{group} behandlet {total} ideer og godkjente {approved}.")
    return said.format(
        group=municipality.executive_group_title,
        total=decided,
        approved=outcomes.get(Outcome.APPROVED, 0),
    )


def _followed(decided: int, against: int) -> str:
    if not decided:
        return ""
    if not against:
        return _("Alle vedtakene følger anbefalingen i notatet.")
    return ngettext(
        "{n} vedtak sier noe annet enn anbefalingen i notatet.",
        "{n} vedtak sier noe annet enn anbefalingen i notatet.",
        against,
    ).format(n=against)


def _numbers(reader: Reader, scored: int, decided: int, against: int) -> Numbers:
    numbers = Numbers(KEY)
    ideas = {"url": page("ideas:list", year=reader.year), "source": _("Ideene")}
    numbers.add("scored", _("Rangerte ideer"), str(scored), **(ideas | _ranking(reader)))
    decisions = ideas | _decisions(reader)
    numbers.add("decided", _("Vedtak"), str(decided), **decisions)
    numbers.add("against", _("Vedtak mot anbefalingen"), str(against), **decisions)
    return numbers


def _ranking(reader: Reader) -> dict[str, str]:
    """Its own page, which only those with log-in may open."""
    last = _rounds(reader).last()
    if reader.is_public or last is None:
        return {}
    return {"url": page("prioritization:ranking", last.pk), "source": _("Rangeringen")}


def _decisions(reader: Reader) -> dict[str, str]:
    with_memo = _rounds(reader).filter(memo__meeting__published_at__isnull=False)
    last = with_memo.select_related("memo").last()
    if reader.is_public or last is None:
        return {}
    return {"url": page("decisions:list", last.memo.pk), "source": _("Vedtakene")}


def _rounds(reader: Reader) -> RoundQuerySet:
    closed = Round.objects.filter(cycle=reader.cycle, status=RoundStatus.CLOSED)
    return closed.order_by("pk")


def _table(outcomes: dict[str, int]) -> Table:
    return Table(
        caption=_("Vedtakene i notatet"),
        head=[_("Vedtak"), _("Ideer")],
        rows=[
            Row(str(outcome.label), [str(outcomes.get(outcome.value, 0))]) for outcome in Outcome
        ],
    )
