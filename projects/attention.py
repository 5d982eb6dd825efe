"""Which projects need somebody, and why. One condition each, asked for in the database."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formatting import day, month_name, number
from projects import colliding
from projects.colliding import Told
from projects.models import (
    REPORTING_PHASES,
    Deviation,
    GateCase,
    Light,
    PhaseChange,
    Project,
    ProjectPhase,
)
from projects.reporting import overdue

WAITED_TOO_LONG = dt.timedelta(days=14)  # of a decision somebody has asked for
SILENT_AFTER_DAYS = 30  # where the project has no method that says otherwise
ONE_DAY = Value(dt.timedelta(days=1), output_field=DurationField())
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Matter(TextChoices):
    """What is the matter, the most pressing first."""

    GATE = "gate", gettext_lazy("Beslutningspunkt på overtid")
    RED = "red", gettext_lazy("Rød status")
    DEVIATION = "deviation", gettext_lazy("Avvik venter på svar")
    DECISION = "decision", gettext_lazy("Beslutning lar vente på seg")
    REPORT = "report", gettext_lazy("Statusrapport mangler")
    FORECAST = "forecast", gettext_lazy("Prognosen er ikke rørt")
    SILENT = "silent", gettext_lazy("Stille")


LOOKS = {
    Matter.GATE: "overdue",
    Matter.RED: "overdue",
    Matter.DEVIATION: "overdue",
}


@dataclass(frozen=True)
class Said:
    """One thing that is the matter with a project, in words, and where something is done."""

    matter: Matter
    words: str
    short: str
    project_pk: int

    @property
    def url(self) -> str:
        """Where something is done about it."""
        return reverse(PLACES[self.matter][0], args=[self.project_pk])

    @property
    def where(self) -> str:
        return str(PLACES[self.matter][1])

    @property
    def look(self) -> str:
        """A key of `core.icons.STATUS_LOOKS`."""
        return LOOKS.get(self.matter, "warning")


def condition(matter: Matter, *, on: dt.date) -> Q:
    """When a project has `matter`. Projects that have ended have none."""
    return Q(ending="") & CONDITIONS[matter](on)


def any_condition(*, on: dt.date) -> Q:
    found = Q()
    for matter in Matter:
        found |= CONDITIONS[matter](on)
    return Q(ending="") & found


def _gate_overdue(on: dt.date) -> Q:
    return Q(next_gate_on__lt=on)


def _red(on: dt.date) -> Q:
    return Q(light=Light.RED)


def _deviation(on: dt.date) -> Q:
    return Q(pk__in=Deviation.objects.waiting().order_by().values("project"))


def _decision(on: dt.date) -> Q:
    asked_before = timezone.now() - WAITED_TOO_LONG
    waiting = GateCase.objects.waiting().filter(requested_at__lt=asked_before)
    return Q(pk__in=waiting.order_by().values("project"))


def _report_missing(on: dt.date) -> Q:
    return Q(pk__in=Project.objects.overdue_reports(on).order_by().values("pk"))


def _patience() -> Any:
    days = Coalesce(F("method__silent_after_days"), Value(SILENT_AFTER_DAYS))
    return ExpressionWrapper(days * ONE_DAY, output_field=DurationField())


def _silent(on: dt.date) -> Q:
    """Not in Realisere: there nothing is to happen from one measurement to the next."""
    now = Value(timezone.now(), output_field=DateTimeField())
    limit = ExpressionWrapper(now - _patience(), output_field=DateTimeField())
    return Q(updated_at__lt=limit) & ~Q(phase=ProjectPhase.REALISATION)


def _forecast_untouched(on: dt.date) -> Q:
    """The phase was entered so long ago that a silent project is asked, and no forecast since.

    A forecast that is newer than that settles it, before the phases are looked up.
    """
    before = on - dt.timedelta(days=SILENT_AFTER_DAYS)
    old = Q(forecast_at=None) | Q(forecast_at__date__lt=before)
    entered = PhaseChange.objects.filter(
        project=OuterRef("pk"),
        phase=OuterRef("phase"),
        on__lt=before,
        on__gt=Cast(Coalesce(OuterRef("forecast_at"), Value(LONG_AGO)), DateField()),
    )
    return Q(phase__in=REPORTING_PHASES) & old & Q(Exists(entered))


CONDITIONS = {
    Matter.GATE: _gate_overdue,
    Matter.RED: _red,
    Matter.DEVIATION: _deviation,
    Matter.DECISION: _decision,
    Matter.REPORT: _report_missing,
    Matter.FORECAST: _forecast_untouched,
    Matter.SILENT: _silent,
}


def needing(projects: QuerySet[Project], *, on: dt.date) -> QuerySet[Project]:
    """Those that need somebody: late decisions and red ones first, then the longest untouched."""
    pressing = Case(
        When(_gate_overdue(on), then=Value(0)), When(_red(on), then=Value(1)), default=Value(2)
    )
    found = projects.filter(any_condition(on=on)).alias(pressing=pressing)
    return found.order_by("pressing", F("next_gate_on").asc(nulls_last=True), "updated_at", "pk")


def most_urgent(projects: QuerySet[Project], most: int, *, on: dt.date) -> tuple[list[int], int]:
    """The keys of those that need somebody most, and how many need somebody in all."""
    found = needing(projects, on=on).annotate(all=Window(Count("pk")))
    rows = list(found.values_list("pk", "all")[:most])
    return [pk for pk, _all in rows], rows[0][1] if rows else 0


def nearest_collision(on: dt.date) -> list[Told]:
    """The nearest that two projects do in one system, if any. Looked up once a minute at most:
    among thousands of projects it takes as long as the rest of a page.
    """
    key = f"nearest-collision-{on.isoformat()}"
    found = caches["fragments"].get(key)
    if found is None:
        found = colliding.told(colliding.current(on=on, per_page=1).collisions, on=on)
        caches["fragments"].set(key, found, timeout=60)
    return found


def counts(projects: QuerySet[Project], *, on: dt.date) -> dict[str, int]:
    """How many there are, and how many of them need somebody."""
    return projects.order_by().aggregate(
        projects=Count("pk"), needing=Count("pk", filter=any_condition(on=on))
    )


def marked(projects: QuerySet[Project], *, on: dt.date) -> QuerySet[Project]:
    """Each with what `said` reads: for the rows of one page, not for all that there are."""
    flags = {
        f"has_{matter}": ExpressionWrapper(condition(matter, on=on), output_field=BooleanField())
        for matter in Matter
    }
    waiting = GateCase.objects.waiting().filter(project=OuterRef("pk"))
    asked = Subquery(waiting.values("requested_at")[:1])
    return projects.annotate(**flags, decision_asked_at=asked)


def said(project: Project, *, on: dt.date) -> list[Said]:
    """What is the matter with a project from `marked`, the most pressing first."""
    return [
        Said(matter, *WORDS[matter](project, on), project.pk)
        for matter in Matter
        if getattr(project, f"has_{matter}")
    ]


def _gate_words(project: Project, on: dt.date) -> tuple[str, str]:
    gate = project.next_gate.code if project.next_gate else ""
    return (
        _("{gate} skulle vært tatt {day}").format(
            gate=gate, day=day(project.next_gate_on, today=on)
        ),
        _("{gate} på overtid").format(gate=gate),
    )


def _red_words(project: Project, on: dt.date) -> tuple[str, str]:
    assert project.reported_for is not None  # a light comes with a report
    month = month_name(project.reported_for)
    return _("Rød status i {month}").format(month=month), _("Rød status")


def _deviation_words(project: Project, on: dt.date) -> tuple[str, str]:
    return _("Et avvik venter på svar fra prosjekteier"), _("Avvik venter")


def _decision_words(project: Any, on: dt.date) -> tuple[str, str]:
    days = (on - timezone.localdate(project.decision_asked_at)).days
    gate = project.next_gate.code if project.next_gate else ""
    words = _("{gate} har ventet på beslutning i {days} dager")
    return words.format(gate=gate, days=number(days)), _("{gate} venter").format(gate=gate)


def _report_words(project: Project, on: dt.date) -> tuple[str, str]:
    words = _("Statusrapporten for {month} mangler")
    return words.format(month=month_name(overdue(on))), _("Mangler rapport")


def _forecast_words(project: Project, on: dt.date) -> tuple[str, str]:
    phase = str(ProjectPhase(project.phase).label)
    words = _("Prognosen er ikke rørt siden {phase} begynte").format(phase=phase)
    return words, _("Gammel prognose")


def _silent_words(project: Project, on: dt.date) -> tuple[str, str]:
    days = (on - timezone.localdate(project.updated_at)).days
    words = ngettext("Stille i {days} dag", "Stille i {days} dager", days)
    return (words.format(days=number(days)),) * 2


WORDS = {
    Matter.GATE: _gate_words,
    Matter.RED: _red_words,
    Matter.DEVIATION: _deviation_words,
    Matter.DECISION: _decision_words,
    Matter.REPORT: _report_words,
    Matter.FORECAST: _forecast_words,
    Matter.SILENT: _silent_words,
}


GATE_PAGE = ("projects:gate", gettext_lazy("Til beslutningen"))
STATUS_PAGE = ("projects:reports", gettext_lazy("Til statusrapportene"))
PLACES = {
    Matter.GATE: GATE_PAGE,
    Matter.DECISION: GATE_PAGE,
    Matter.RED: STATUS_PAGE,
    Matter.DEVIATION: STATUS_PAGE,
    Matter.REPORT: STATUS_PAGE,
    Matter.FORECAST: STATUS_PAGE,
    Matter.SILENT: ("projects:detail", gettext_lazy("Til prosjektet")),
}
