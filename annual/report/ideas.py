"""«Ideene» and «Hva ble det av ideene»: from what came in to what had an effect."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual.lessons import better_than_before
from annual.report.parts import (
    NOT_MEASURED,
    Drawing,
    Numbers,
    Outcome,
    Row,
    Section,
    Table,
    joined,
    page,
    paragraphs,
)
from annual.report.reader import Reader
from annual.report_charts import Step, funnel_chart
from benefits.models import Benefit, BenefitQuerySet
from core.formatting import listed
from ideas.models import Idea, IdeaStatus
from ideas.year import NOT_ANSWERED, Answering, answering, became
from municipality.models import Municipality
from prioritization.models import Decision
from prioritization.models import Outcome as Decided
from projects.models import Ending, ProjectPhase

KEY, OUTCOMES = "ideas", "outcomes"


@dataclass(frozen=True)
class Year:
    """How many ideas of the year came so far."""

    total: int
    answered: int
    decided: int
    approved: int
    delivered: int
    measured: int
    effect: int
    by_status: dict[str, int]
    answering: Answering | None


def read(reader: Reader) -> Year:
    """Five reads, however many ideas there are."""
    ideas = Idea.objects.filter(cycle=reader.cycle)
    by_status = dict(ideas.order_by().values_list("status").annotate(Count("pk")))
    total = sum(by_status.values())
    decisions = Decision.objects.published().filter(item__entry__idea__cycle=reader.cycle)
    told = decisions.aggregate(
        decided=Count("item__entry__idea", distinct=True),
        approved=Count("item__entry__idea", filter=Q(outcome=Decided.APPROVED), distinct=True),
    )
    return Year(
        total=total,
        answered=total - sum(by_status.get(each, 0) for each in NOT_ANSWERED),
        delivered=_in_projects(reader, _delivered()),
        measured=_in_projects(reader, Exists(_its_benefits().measured())),
        effect=_in_projects(reader, Exists(better_than_before(_its_benefits()))),
        by_status=by_status,
        answering=answering(reader.year),
        **told,
    )


def _delivered() -> Q:
    """As «Hva lærte vi» counts it: past BP5, or given to the line."""
    ended = Q(ending__in=[Ending.REALISED, Ending.LINE])
    return Q(phase=ProjectPhase.REALISATION) | ended


def _its_benefits() -> BenefitQuerySet:
    return Benefit.objects.filter(project=OuterRef("pk"), is_disbenefit=False)


def _in_projects(reader: Reader, reached: Q | Exists) -> int:
    """Ideas of the year that became a project that has come so far."""
    projects = reader.projects.filter(reached).order_by().values("pk")
    return Idea.objects.filter(cycle=reader.cycle, project__in=projects).count()


def section(reader: Reader, year: Year) -> Section:
    heading = _("Ideene")
    if not year.total:
        text = _("Det kom ikke inn noen ideer i {year}.").format(year=reader.year)
        return Section(KEY, heading, text)
    steps = _steps(year)
    return Section(
        KEY,
        heading,
        paragraphs(_received(reader, year), _waited(year), _what_came_of_it(year)),
        numbers=_numbers(reader, year).found,
        tables=[_table(reader, year, steps)],
        drawings=[_drawing(reader, steps)],
    )


def _received(reader: Reader, year: Year) -> str:
    came = ngettext("Vi fikk {n} idé i {year}.", "Vi fikk {n} ideer i {year}.", year.total).format(
        n=year.total, year=reader.year
    )
    if year.answered == year.total:
        return joined(came, _("Alle har fått endelig svar med begrunnelse."))
    answered = _("{n} av dem har fått endelig svar med begrunnelse.").format(n=year.answered)
    return joined(came, answered)


def _waited(year: Year) -> str:
    if year.answering is None:
        return ""
    days = year.answering.median_days
    waited = _("Halvparten fikk det første svaret samme dag.")
    if days:
        waited = ngettext(
            "Halvparten fikk det første svaret innen én dag.",
            "Halvparten fikk det første svaret innen {days} dager.",
            days,
        ).format(days=days)
    promise = _("Vi lover svar innen {days} dager, og brøt løftet {late} av {total} ganger.")
    return joined(
        waited,
        promise.format(
            days=Municipality.load().answer_days,
            late=year.answering.late,
            total=year.answering.total,
        ),
    )


def _what_came_of_it(year: Year) -> str:
    group = Municipality.load().executive_group_title
    if not year.decided:
        return _("Ingen av ideene er vedtatt ennå.")
    decided = _("{group} har vedtatt {decided} av ideene og godkjent {approved}.").format(
        group=group, decided=year.decided, approved=year.approved
    )
    delivered = _("Ingen av dem er levert ennå.")
    if year.delivered:
        delivered = _("{n} er levert og i bruk.").format(n=year.delivered)
    if not year.measured:
        measured = _("Effekten er ikke målt ennå.")
    elif year.measured == year.effect:
        measured = _("{n} har en gevinst som er målt og bedre enn før.").format(n=year.measured)
    else:
        measured = _("{n} har en gevinst som er målt, og {effect} av dem er bedre enn før.").format(
            n=year.measured, effect=year.effect
        )
    return joined(decided, delivered, measured)


def _numbers(reader: Reader, year: Year) -> Numbers:
    numbers = Numbers(KEY)
    all_of_year = {"url": page("ideas:list", year=reader.year), "source": _("Ideene")}
    numbers.add("total", _("Ideer som kom inn"), str(year.total), **all_of_year)
    numbers.add("answered", _("Har fått endelig svar"), str(year.answered), **all_of_year)
    if year.answering is not None:
        days = ngettext("{n} dag", "{n} dager", year.answering.median_days)
        numbers.add(
            "waited",
            _("Til første svar, midt på treet"),
            days.format(n=year.answering.median_days),
            **all_of_year,
        )
    approved = page("ideas:list", year=reader.year, status=IdeaStatus.APPROVED)
    numbers.add(
        "approved", _("Godkjent"), str(year.approved), url=approved, source=_("Godkjente ideer")
    )
    delivered, effect = _where_counted(reader)
    numbers.add("delivered", _("Levert og i bruk"), str(year.delivered), **delivered)
    numbers.add("effect", _("Målt, og bedre enn før"), _effect(year), **effect)
    return numbers


def _where_counted(reader: Reader) -> tuple[dict[str, str], dict[str, str]]:
    """Where what is delivered and what had an effect are counted; who is logged in sees both."""
    if not reader.is_public:
        lessons = {"url": page("annual:lessons"), "source": _("Hva lærte vi")}
        return lessons, lessons
    projects = page("projects:list", phase=ProjectPhase.REALISATION)
    return (
        {"url": projects, "source": _("Prosjektene")},
        {"url": page("benefits:list"), "source": _("Gevinstene")},
    )


def _steps(year: Year) -> list[Step]:
    return [
        Step(_("Kom inn"), year.total),
        Step(_("Fikk endelig svar"), year.answered),
        Step(_("Vedtatt"), year.decided),
        Step(_("Godkjent"), year.approved),
        Step(_("Levert"), year.delivered),
        *([Step(_("Effekt"), year.effect)] if year.measured else []),
    ]


def _effect(year: Year) -> str:
    return str(year.effect) if year.measured else str(NOT_MEASURED)


def _table(reader: Reader, year: Year, steps: Sequence[Step]) -> Table:
    unknown = [] if year.measured else [Row(_("Effekt"), [_effect(year)])]
    return Table(
        caption=_("Ideene fra {year}, steg for steg").format(year=reader.year),
        head=[_("Steg"), _("Ideer")],
        rows=[Row(step.name, [str(step.count)]) for step in steps] + unknown,
    )


def _drawing(reader: Reader, steps: Sequence[Step]) -> Drawing:
    title = _("Hvor langt ideene fra {year} har kommet").format(year=reader.year)
    told = [f"{step.name.lower()} {step.count}" for step in steps]
    return Drawing(KEY, title, listed(told).capitalize() + ".", funnel_chart(steps))


def outcomes(reader: Reader, year: Year) -> Section:
    """Every idea of the year that everybody may read, with what became of it."""
    published = Idea.objects.published().filter(cycle=reader.cycle).order_by("code", "pk")
    shown = [
        Outcome(idea.code, idea.title, str(idea.status_words), idea.look)
        for idea in published.only("code", "title", "status", "postponed_until", "parked_to")
    ]
    return Section(
        OUTCOMES,
        _("Hva ble det av ideene?"),
        _became(reader, year),
        became=became(year.by_status),
        outcomes=shown,
        not_shown=year.total - len(shown),
    )


def _became(reader: Reader, year: Year) -> str:
    if not year.total:
        return _("Det kom ikke inn noen ideer i {year}.").format(year=reader.year)
    told = ngettext(
        "Dette ble det av den ene ideen vi fikk.",
        "Dette ble det av de {total} ideene vi fikk.",
        year.total,
    ).format(total=year.total)
    waiting = year.total - year.answered
    if not waiting:
        return told
    return joined(told, _("{n} venter på endelig svar.").format(n=waiting))
