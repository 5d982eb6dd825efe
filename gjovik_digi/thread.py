"""An idea's whole life, step by step, over all apps: received → scored → decided → measured."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.models import Benefit, Measurement
from core.bars import ProgressLine
from core.formatting import day, number, quantity, share
from ideas.models import Idea, IdeaStatus, Merge, StatusChange
from municipality.models import Municipality
from prioritization.models import Entry, RoundStatus
from projects.models import Ending, PhaseChange, Project


@dataclass(frozen=True)
class Step:
    """One step, as templates/components/thread.html wants it."""

    heading: str
    at: dt.datetime
    when: str
    icon: str
    text: str = ""
    quote: str = ""
    url: str = ""
    link: str = ""
    done: bool = False


@dataclass(frozen=True)
class Thread:
    steps: list[Step]
    project: Project | None
    benefit: Benefit | None
    line: ProgressLine | None
    related: list["Related"]


@dataclass(frozen=True)
class Related:
    """Another idea that this one is joined with or parted from."""

    how: str
    idea: Idea


# What the executive group decides. One right after another is a correction.
DECIDED = {
    IdeaStatus.APPROVED,
    IdeaStatus.POSTPONED,
    IdeaStatus.REJECTED,
    IdeaStatus.RETURNED,
}

ICONS = {
    IdeaStatus.RECEIVED: "envelope",
    IdeaStatus.FORWARDED: "eye",
    IdeaStatus.APPROVED: "check",
    IdeaStatus.POSTPONED: "pause",
    IdeaStatus.REJECTED: "cross",
    IdeaStatus.RETURNED: "pause",
    IdeaStatus.LINE: "check",
    IdeaStatus.IN_PROJECT: "check",
    IdeaStatus.PARKED: "pause",
    IdeaStatus.DECLINED: "cross",
    IdeaStatus.MERGED: "flag",
    IdeaStatus.SPLIT: "flag",
    IdeaStatus.WITHDRAWN: "cross",
}


def build(idea: Idea, *, on: dt.date, inside: bool = False, user: Any = None) -> Thread:
    """The thread of an idea fetched `with_thread()`: at most eleven queries more.

    `inside`: as its sender and the team see it, with what was added after they published it.
    `user`: who reads; without, the project and its benefits are linked to when they are opened.
    """
    project = _project_of(idea)
    is_shown = project is not None and _may_see(user, project)
    is_told = project is not None and (is_shown or inside)  # its sender hears what it gave
    benefits = list(Benefit.objects.with_project().filter(project=project)) if is_told else []
    merged = list(idea.merged.filter(undone_at=None).select_related("source").order_by("at", "pk"))
    steps = [
        *_status_steps(idea, on=on),
        *(_word_steps(idea, on=on, inside=inside) if idea.is_published or inside else []),
        *(_merge_step(each, on=on) for each in merged),
        *_score_steps(idea, on=on),
        *(_phase_steps(project, idea, on=on, is_shown=is_shown) if project else []),
        *([_ending_step(project, on=on)] if project and project.has_ended else []),
        *_measurement_steps(benefits, on=on, is_shown=is_shown),
    ]
    steps.sort(key=lambda step: step.at)
    benefit = _furthest(benefits) if is_shown else None
    line = progress_line(benefit) if benefit else None
    shown = project if is_shown else None
    return Thread(steps, shown, benefit, line, _related(idea, merged))


def _may_see(user: Any, project: Project) -> bool:
    return project.is_open or (user is not None and user.has_perm("projects.view_project", project))


def _project_of(idea: Idea) -> Project | None:
    """The one it became, or the one that has taken it in."""
    its_own = Q(idea=idea) | Q(taken_in__idea=idea)
    return Project.objects.filter(its_own).select_related("owner", "sector").first()


def _related(idea: Idea, merged: list[Merge]) -> list[Related]:
    into = idea.merges.filter(undone_at=None).select_related("target")
    parts = idea.parts.exclude(status=IdeaStatus.WITHDRAWN).order_by("pk")
    return [
        *(Related(_("Slått sammen med"), each.target) for each in into),
        *(Related(_("Har tatt opp i seg"), each.source) for each in merged),
        *([Related(_("Delt ut av"), idea.split_from)] if idea.split_from else []),
        *(Related(_("Delt opp i"), part) for part in parts),
    ]


def _evening(day: dt.date) -> dt.datetime:
    """What has a date only comes after what happened that day at a known time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def _heading(change: StatusChange, idea: Idea, municipality: Municipality) -> str:
    sector = idea.sector.name if idea.sector else ""
    group = municipality.executive_group
    return {
        IdeaStatus.RECEIVED: _("Mottatt"),
        IdeaStatus.FORWARDED: _("Vurdert og sendt til prioritering"),
        IdeaStatus.APPROVED: _("Godkjent av {group}").format(group=group, sector=sector),
        IdeaStatus.POSTPONED: _("Utsatt av {group}").format(group=group),
        IdeaStatus.REJECTED: _("Ikke videreført av {group}").format(group=group),
        IdeaStatus.RETURNED: _("Sendt i retur for utredning av {group}").format(group=group),
        IdeaStatus.LINE: _("Gjøres uten å bli et prosjekt"),
        IdeaStatus.IN_PROJECT: _("Tatt inn i et prosjekt som er i gang"),
        IdeaStatus.PARKED: _("Lagt på vent"),
        IdeaStatus.DECLINED: _("Ikke aktuelt"),
        IdeaStatus.MERGED: _("Slått sammen med en annen idé"),
        IdeaStatus.SPLIT: _("Delt opp i flere ideer"),
        IdeaStatus.WITHDRAWN: _("Trukket av den som sendte den"),
    }[IdeaStatus(change.status)]


def _status_steps(idea: Idea, *, on: dt.date) -> list[Step]:
    municipality = Municipality.load()
    steps = []
    before = None
    for number_, change in enumerate(idea.changes.all()):
        received = number_ == 0 and change.status == IdeaStatus.RECEIVED
        promise = _("Vi lovet svar innen {date}.").format(date=day(idea.answer_due_on, today=on))
        again = change.status == IdeaStatus.RECEIVED and not received
        heading = _heading(change, idea, municipality)
        if before in DECIDED and change.status in DECIDED:
            heading = _("Vedtaket er rettet: {decision}").format(decision=heading)
        before = change.status
        steps.append(
            Step(
                heading=_("Tatt tilbake til teamet") if again else heading,
                at=change.at,
                when=day(change.at, today=on),
                icon=ICONS[IdeaStatus(change.status)],
                text=promise if received else "",
                quote=change.reason,
            )
        )
    return steps


def _word_steps(idea: Idea, *, on: dt.date, inside: bool) -> list[Step]:
    """What was said in between: the sender's own additions, and the official replies."""
    added = idea.additions.all() if inside else idea.public_additions
    return [
        *(
            Step(
                heading=_("Den som sendte ideen, la til noe"),
                at=each.at,
                when=day(each.at, today=on),
                icon="pencil",
                quote=each.text,
            )
            for each in added
        ),
        *(
            Step(
                heading=_("Offisielt svar fra kommunen"),
                at=each.created_at,
                when=day(each.created_at, today=on),
                icon="envelope",
                quote=each.text,
            )
            for each in idea.replies.all()
        ),
    ]


def _merge_step(merged: Merge, *, on: dt.date) -> Step:
    """On the page of the idea that took another in. Of one nobody may read, only the code."""
    source = merged.source
    return Step(
        heading=_("Slått sammen med {code}").format(code=source.code),
        at=merged.at,
        when=day(merged.at, today=on),
        icon="flag",
        quote=merged.reason,
        url=source.get_absolute_url(),
        link=source.title if source.is_published else source.code,
    )


def _score_steps(idea: Idea, *, on: dt.date) -> list[Step]:
    """Where the idea came in the rounds that are closed. Open rounds are nobody's business yet."""
    entries = Entry.objects.filter(
        idea=idea, score__isnull=False, round__status=RoundStatus.CLOSED
    ).select_related("round")
    steps = []
    for entry in entries:
        ranked = entry.round.entries.ranked()
        place = ranked.filter(score__gt=entry.score).count() + 1
        at = entry.round.closed_at or entry.round.updated_at
        steps.append(
            Step(
                heading=_("Prioritert som nummer {place} av {total}").format(
                    place=place, total=ranked.count()
                )
                if not idea.is_statutory
                else _("Vurdert som lovpålagt tiltak"),
                at=at,
                when=day(at, today=on),
                icon="ruler",
                text=_("{score} av 100 poeng.").format(score=number(entry.score, 1)),
            )
        )
    return steps


def _phase_steps(project: Project, idea: Idea, *, on: dt.date, is_shown: bool) -> list[Step]:
    """The first is told by the decision already, so only where it leads is said.

    Of a project that took the idea in on its way, what came after.
    """
    first, *later = PhaseChange.objects.filter(project=project) or [None]
    if first is None:
        return []
    if project.idea_id != idea.pk:
        taken = project.taken_in.get(idea=idea)
        return [
            _phase_step(each, on=on) for each in later if each.on >= timezone.localdate(taken.at)
        ]
    began = Step(
        heading=_("Ble et prosjekt"),
        at=_evening(first.on),
        when=day(first.on, today=on),
        icon="flag",
        url=project.get_absolute_url() if is_shown else "",
        link=_("Se prosjektet") if is_shown else "",
    )
    return [began, *(_phase_step(change, on=on) for change in later)]


def _phase_step(change: PhaseChange, *, on: dt.date) -> Step:
    return Step(
        heading=_("Prosjektet er i fasen {phase}").format(phase=change.get_phase_display()),
        at=_evening(change.on),
        when=day(change.on, today=on),
        icon="flag",
        text=change.note,
    )


def _ending_step(project: Project, *, on: dt.date) -> Step:
    """How the project ended, with the reason its senders were told."""
    ended_on = project.ended_on or on
    is_stopped = project.ending == Ending.STOPPED
    return Step(
        heading=_("Prosjektet: {how}").format(how=project.get_ending_display()),
        at=_evening(ended_on),
        when=day(ended_on, today=on),
        icon="cross" if is_stopped else "check",
        text=project.end_reason,
    )


def _measurement_steps(benefits: list[Benefit], *, on: dt.date, is_shown: bool) -> list[Step]:
    """The latest measurement of each benefit's main indicator. Its own page has all."""
    latest = (
        Measurement.objects.standing()
        .filter(indicator__in=[benefit.main_id for benefit in benefits])
        .order_by("indicator_id", "-measured_on", "-pk")
        .distinct("indicator_id")
    )
    by_main = {benefit.main_id: benefit for benefit in benefits}
    return [
        _measurement_step(by_main[each.indicator_id], each, on=on, is_shown=is_shown)
        for each in latest
    ]


def _measurement_step(
    benefit: Benefit, latest: Measurement, *, on: dt.date, is_shown: bool
) -> Step:
    value = quantity(latest.value, benefit.unit)
    return Step(
        heading=_("Gevinsten er målt"),
        at=_evening(latest.measured_on),
        when=day(latest.measured_on, today=on),
        icon="ruler",
        text=f"{benefit.name}: {value}. {latest.comment}".strip(),
        url=reverse("benefits:detail", args=[benefit.pk]) if is_shown else "",
        link=_("Se alle målingene"),
        done=True,
    )


def _furthest(benefits: list[Benefit]) -> Benefit | None:
    """The measured benefit that has come furthest on its way."""
    measured = [benefit for benefit in benefits if benefit.latest_value is not None]
    defined = [
        benefit for benefit in measured if benefit.progress(benefit.latest_value) is not None
    ]
    return max(
        defined,
        key=lambda benefit: benefit.progress(benefit.latest_value) or Decimal(0),
        default=None,
    )


def progress_line(benefit: Benefit) -> ProgressLine:
    """Before, now and target of a measured benefit, in its unit."""
    progress = benefit.progress(benefit.latest_value) or Decimal(0)
    before, now, target = (
        quantity(value, benefit.unit)
        for value in (benefit.baseline, benefit.latest_value, benefit.target)
    )
    return ProgressLine(
        progress=float(progress),
        before=before,
        now=now,
        target=target,
        label=_(
            "{name}: fra {before} til {now}. Målet er {target}. {share} av veien er gått."
        ).format(name=benefit.name, before=before, now=now, target=target, share=share(progress)),
    )
