"""Rounds: which there are, how far they have come, and what the team does with them."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.access import get_permitted, require_perm
from core.formatting import count_word, day, weekday
from ideas.models import Idea
from municipality.actions import closed_message
from municipality.calendar import PhaseKind, PhaseState
from municipality.context_processors import current_cycle
from municipality.models import AnnualCycle, Phase
from prioritization import actions
from prioritization.forms import (
    USUAL_ROLES,
    ChangeRoundForm,
    FurtherRoundForm,
    ReopenForm,
    RoundForm,
)
from prioritization.models import (
    CriteriaSet,
    Participation,
    Question,
    Round,
    Stage,
    ideas_for_round,
)

PER_PAGE = 50


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    cycle = current_cycle(request)
    rounds = list(Round.objects.for_page().with_counts())
    this_year = [each for each in rounds if cycle and each.cycle_id == cycle.pk]
    latest = this_year[0] if this_year else None
    heading, lead = _state(cycle, latest, today)
    context = {
        "rounds": rounds,
        "readable": set(Round.objects.visible_to(request.user).values_list("pk", flat=True)),
        "heading": heading,
        "lead": lead,
        "mine": _my_part(request, latest, today),
        "can_open": latest is None and _is_open(cycle, today),
        "can_go_on": len(this_year) == 1 and not latest.is_open and _is_open(cycle, today),
        "latest": latest,
    }
    return render(request, "prioritization/round_list.html", context)


def _state(cycle: AnnualCycle | None, latest: Round | None, today: dt.date) -> tuple[str, str]:
    """Where the year's prioritisation stands: a sentence, and what it means."""
    if cycle is None:
        return _("Ingen har startet årshjulet ennå"), ""
    if latest is None:
        return _state_before(cycle.phase(PhaseKind.PRIORITISATION), today)
    ideas = ngettext("{count} idé", "{count} ideer", latest.idea_count).format(
        count=latest.idea_count
    )
    if latest.takes_scores(today):
        people = ngettext("Én person", "{count} personer", latest.people_count).format(
            count=count_word(latest.people_count).capitalize()
        )
        return (
            _("{people} setter poeng på {ideas}").format(people=people, ideas=ideas),
            _("Siste dag er {date}.").format(date=weekday(latest.closes_on, today=today)),
        )
    ranked = _("{ranked} av {ideas} er rangert").format(
        ranked=count_word(latest.ranked_count).capitalize(), ideas=ideas
    )
    if latest.is_open:
        return ranked, _("Fristen for å sette poeng gikk ut {date}.").format(
            date=day(latest.closes_on, today=today)
        )
    return ranked, _("Poengene ble låst {date}.").format(date=day(latest.closed_at, today=today))


def _state_before(phase: Phase, today: dt.date) -> tuple[str, str]:
    if phase.state(today) == PhaseState.OPEN:
        return (
            _("Grovscreeningen er ikke åpnet ennå"),
            _("Digitaliseringsteamet åpner den. Fasen varer til og med {date}.").format(
                date=day(phase.closes_on, today=today)
            ),
        )
    if phase.state(today) == PhaseState.UPCOMING:
        return (
            _("Prioriteringen åpner {date}").format(date=day(phase.opens_on, today=today)),
            _("Da får ideene poeng, slik at vi kan velge hvilke som blir prosjekter."),
        )
    return _("Ingen ideer fikk poeng i år"), closed_message(phase, on=today)


def _my_part(request: HttpRequest, latest: Round | None, today: dt.date) -> Participation | None:
    if latest is None or not latest.takes_scores(today):
        return None
    mine = latest.participations.with_remaining(latest).filter(user=request.user).first()
    return mine if mine and mine.remaining else None


def _is_open(cycle: AnnualCycle | None, today: dt.date) -> bool:
    return cycle is not None and cycle.phase(PhaseKind.PRIORITISATION).is_open(today)


def round_create(request: HttpRequest) -> HttpResponse:
    """Open the screening: who scores which ideas, until when."""
    require_perm(request.user, "prioritization.manage_round")
    today = timezone.localdate()
    cycle = current_cycle(request)
    phase = cycle.phase(PhaseKind.PRIORITISATION) if cycle else None
    if cycle is None or phase is None:
        return redirect("prioritization:list")
    waiting = ideas_for_round(cycle).select_related("sector")
    form = RoundForm(
        request.POST or None,
        phase=phase,
        on=today,
        questions=_questions_of(Stage.SCREENING),
        waiting=waiting,
        initial=_usual(phase),
    )
    if form.is_valid():
        opened = actions.open_round(
            cycle, stage=Stage.SCREENING, **form.cleaned_data, by=request.user, on=today
        )
        messages.success(request, _("Runden er åpnet. De som setter poeng, får en e-post."))
        return redirect(opened)
    context = {
        "form": form,
        "has_ideas": waiting.exists(),
        "opened": Round.objects.filter(cycle=cycle, stage=Stage.SCREENING).first(),
        "closed": "" if phase.is_open(today) else closed_message(phase, on=today),
    }
    return render(request, "prioritization/round_create.html", context)


def _questions_of(stage: Stage) -> list[Question]:
    """The questions of the criteria in use, which decide what the round may choose."""
    in_use = CriteriaSet.objects.filter(stage=stage, is_current=True).first()
    return in_use.ordered_questions() if in_use else []


def round_create_further(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the second stage: who of a locked screening goes on, and why."""
    screening = _managed(request, pk)
    if screening.stage != Stage.SCREENING:
        raise Http404
    today = timezone.localdate()
    phase = screening.cycle.phase(PhaseKind.PRIORITISATION)
    ranked = list(screening.entries.ranked().for_rows())
    form = FurtherRoundForm(
        request.POST or None,
        phase=phase,
        on=today,
        questions=_questions_of(Stage.FURTHER),
        ranked=ranked,
        initial={
            "closes_on": phase.closes_on,
            "scorers": _personal(screening),
            **_groups_of(screening),
        },
    )
    if form.is_valid():
        opened = actions.open_further_round(
            screening, **form.cleaned_data, by=request.user, on=today
        )
        messages.success(request, _("Steg 2 er åpnet. De som setter poeng, får en e-post."))
        return redirect(opened)
    further = Round.objects.filter(cycle=screening.cycle, stage=Stage.FURTHER)
    context = {
        "form": form,
        "screening": screening,
        "ranked": ranked,
        "incomplete": screening.entries.incomplete().count(),
        "opened": further.first(),
        "closed": "" if phase.is_open(today) else closed_message(phase, on=today),
    }
    return render(request, "prioritization/round_create_further.html", context)


def _personal(scored: Round) -> list[int]:
    """Who scores for themselves."""
    personal = scored.participations.filter(sector=None)
    return list(personal.values_list("user_id", flat=True))


def _groups_of(scored: Round) -> dict[str, int]:
    """Who enters the answer of which group, as the form's fields are named."""
    groups = scored.participations.exclude(sector=None)
    return {f"group_{sector}": user for sector, user in groups.values_list("sector", "user")}


def _usual(phase: Phase) -> dict[str, object]:
    usual = RoundForm.base_fields["scorers"].queryset.filter(groups__name__in=USUAL_ROLES)
    return {"closes_on": phase.closes_on, "scorers": list(usual.values_list("pk", flat=True))}


@require_GET
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.for_page().with_counts()
    scored = get_permitted(request.user, "prioritization.view_round", rounds, pk=pk)
    today = timezone.localdate()
    parts = list(scored.participations.with_remaining(scored).select_related("user", "sector"))
    entries = scored.entries.for_rows().with_answers_by(request.user).in_order()
    can_manage = request.user.has_perm("prioritization.manage_round", scored)
    context = {
        "round": scored,
        "takes_scores": scored.takes_scores(today),
        "heading": _progress(scored, parts),
        "parts": parts,
        "mine": next((part for part in parts if part.user_id == request.user.pk), None),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "question_count": len(scored.ordered_questions()),
        "can_manage": can_manage,
        "newcomers": _newcomers(scored).count() if can_manage and scored.is_open else 0,
        "directions": list(scored.directions.select_related("question")),
        "other_stage": scored.other_stage(),
    }
    return render(request, "prioritization/round_detail.html", context)


def _newcomers(scored: Round) -> QuerySet[Idea]:
    """What has been passed on since the round opened. Who is in the second stage is chosen."""
    if scored.stage != Stage.SCREENING:
        return Idea.objects.none()
    return ideas_for_round(scored.cycle).exclude(entries__round=scored)


def _progress(scored: Round, parts: list[Participation]) -> str:
    """How far the round has come, as a sentence."""
    if not scored.is_open:
        return _("Poengene er låst. {ranked} av {all} ideer er rangert").format(
            ranked=scored.ranked_count, all=scored.idea_count
        )
    done = sum(part.is_delivered for part in parts)
    if done == len(parts):
        return _("Alle har levert svarene sine")
    if not done:
        return _("Ingen har levert svarene sine ennå")
    return _("{done} av {all} har levert svarene sine").format(
        done=count_word(done).capitalize(), all=count_word(len(parts))
    )


def round_change(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _managed(request, pk)
    today = timezone.localdate()
    form = ChangeRoundForm(
        request.POST or None,
        phase=scored.cycle.phase(PhaseKind.PRIORITISATION),
        on=today,
        initial={
            "closes_on": scored.closes_on,
            "scorers": _personal(scored),
            **_groups_of(scored),
        },
    )
    if form.is_valid():
        actions.change_round(scored, **form.cleaned_data, by=request.user, on=today)
        messages.success(request, _("Endringen er lagret. Nye deltakere får en e-post."))
        return redirect(scored)
    return render(request, "prioritization/round_change.html", {"form": form, "round": scored})


def _managed(request: HttpRequest, pk: int) -> Round:
    rounds = Round.objects.with_phases()
    return get_permitted(request.user, "prioritization.manage_round", rounds, pk=pk)


@require_POST
def round_add_ideas(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _managed(request, pk)
    newcomers = _newcomers(scored)
    added = actions.add_ideas(scored, ideas=newcomers, by=request.user, on=timezone.localdate())
    messages.success(
        request,
        ngettext("Én idé er tatt med.", "{count} ideer er tatt med.", added).format(count=added),
    )
    return redirect(scored)


@require_POST
def round_remind(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _managed(request, pk)
    reminded = actions.remind_missing(scored, by=request.user, on=timezone.localdate())
    if reminded:
        told = ngettext(
            "Én person har fått en påminnelse.",
            "{count} personer har fått en påminnelse.",
            reminded,
        ).format(count=reminded)
        messages.success(request, told)
    else:
        messages.info(request, _("Ingen nye å minne på i dag."))
    return redirect(scored)


@require_POST
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _managed(request, pk)
    actions.close_round(scored, by=request.user)
    messages.success(request, _("Poengene er låst. Rangeringen er klar."))
    return redirect("prioritization:ranking", pk=pk)


def round_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    scored = _managed(request, pk)
    today = timezone.localdate()
    phase = scored.cycle.phase(PhaseKind.PRIORITISATION)
    form = ReopenForm(
        request.POST or None, phase=phase, on=today, initial={"closes_on": phase.closes_on}
    )
    if form.is_valid():
        actions.reopen_round(scored, **form.cleaned_data, by=request.user, on=today)
        messages.success(request, _("Runden er åpen igjen."))
        return redirect(scored)
    closed = "" if phase.is_open(today) else closed_message(phase, on=today)
    context = {"form": form, "round": scored, "closed": closed}
    return render(request, "prioritization/round_reopen.html", context)
