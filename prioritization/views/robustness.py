"""How sure the ranking is: what was varied, every idea's places, and what would move the line."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core.access import get_permitted
from core.responses import attachment
from prioritization import actions, standings
from prioritization.cut import cut_of, usual_top
from prioritization.forms import RobustnessForm, usual_choices
from prioritization.models import RobustnessRun, Round
from prioritization.rules import sees_ranking
from prioritization.sureness import Flip, Sureness, sureness_of

PER_PAGE = 50


def _round(request: HttpRequest, pk: int) -> Round:
    rounds = Round.objects.for_ranking()
    return get_permitted(request.user, "prioritization.view_ranking", rounds, pk=pk)


@require_GET
def robustness(request: HttpRequest, pk: int) -> HttpResponse:
    """For all who see the ranking, with a form for those who may have it worked out anew."""
    scored = _round(request, pk)
    if not sees_ranking(request.user, scored):
        return render(request, "prioritization/ranking_wait.html", {"round": scored})
    may_ask = request.user.has_perm("prioritization.ask_robustness", scored)
    return _page(request, scored, _form(request, scored) if may_ask else None)


def _page(request: HttpRequest, scored: Round, form: RobustnessForm | None) -> HttpResponse:
    shown = form if scored.ranked_count else None
    context = {"round": scored, "form": shown, **_result(request, scored)}
    return render(request, "prioritization/robustness.html", context)


def _form(request: HttpRequest, scored: Round) -> RobustnessForm:
    ranked = scored.ranked_count
    latest = scored.robustness_runs.defer("content", "snapshot").order_by("-pk").first()
    initial = usual_choices(usual_top(scored, ranked=ranked))
    if latest is not None:
        initial |= {"span": latest.span, "draws": latest.draws}
    return RobustnessForm(request.POST or None, ranked=ranked, initial=initial)


def _result(request: HttpRequest, scored: Round) -> dict[str, Any]:
    sureness = sureness_of(scored, answers=scored.answers)
    run = sureness.ready
    if run is None:
        return {"sureness": sureness, "heading": _heading(sureness, [])}
    ranked = scored.entries.ranked().for_rows().with_ranges(run)
    page = Paginator(ranked, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    questions = scored.ordered_questions()
    criteria = list(dict.fromkeys(question.criterion for question in questions))
    rows = standings.rows_of(scored, page, criteria, top=run.top, are_near=True)
    stored = json.loads(bytes(run.content or b"{}"))
    flips = [Flip.of(each) for each in stored["flips"]]
    cut = cut_of(scored, demanded=scored.demanded)
    return {
        "sureness": sureness,
        "top_changed": sureness.is_of_another_top(cut.top if cut else None),
        "top": cut.top if cut else None,
        "heading": _heading(sureness, flips),
        "page": page,
        "rows": rows,
        "flips": flips,
        "seed": stored["seed"],
        "scorers": stored["scorers"],
        "criteria": criteria,
    }


def _heading(sureness: Sureness, flips: list[Flip]) -> str:
    if sureness.ready is None:
        return _("Ingen har regnet på hvor sikker rekkefølgen er ennå")
    if not flips:
        return _("Ingen enkelt vekt flytter streken")
    return _("Streken flytter seg hvis {weight}").format(
        weight=_("{name} endres").format(name=flips[0].name.lower())
    )


@require_POST
def robustness_again(request: HttpRequest, pk: int) -> HttpResponse:
    """As the form says; or one press, without a form: as it was worked out the last time."""
    scored = get_permitted(
        request.user, "prioritization.ask_robustness", Round.objects.for_ranking(), pk=pk
    )
    if "span" in request.POST:
        form = _form(request, scored)
        if not form.is_valid():
            return _page(request, scored, form)
        actions.request_robustness(scored, **form.cleaned_data, by=request.user)
    else:
        actions.recompute_robustness(scored, by=request.user)
    messages.success(request, _("Vi regner. Det tar noen sekunder."))
    return redirect("prioritization:robustness", pk=pk)


@require_GET
def robustness_status(request: HttpRequest, pk: int, run_pk: int) -> HttpResponse:
    """How far it has come: the fragment that asks again for itself, and a page without script."""
    run = _visible_run(request, pk, run_pk)
    if not request.htmx:
        return redirect("prioritization:robustness", pk=pk)
    context = {"run": run, "round": run.round}
    fragment = render(request, "prioritization/robustness_status.html", context)
    return fragment if run.is_underway else HttpResponseStopPolling(fragment.content)


def _visible_run(request: HttpRequest, pk: int, run_pk: int) -> RobustnessRun:
    scored = get_permitted(
        request.user, "prioritization.view_ranking", Round.objects.for_page(), pk=pk
    )
    if not sees_ranking(request.user, scored):
        raise PermissionDenied
    runs = scored.robustness_runs.defer("snapshot").select_related("round")
    return get_object_or_404(runs, pk=run_pk)


@require_POST
def robustness_retry(request: HttpRequest, pk: int, run_pk: int) -> HttpResponse:
    scored = get_permitted(request.user, "prioritization.ask_robustness", Round, pk=pk)
    run = get_object_or_404(scored.robustness_runs.without_content(), pk=run_pk)
    actions.try_robustness_again(run, by=request.user)
    return redirect("prioritization:robustness", pk=pk)


@require_GET
def robustness_download(request: HttpRequest, pk: int, run_pk: int) -> HttpResponse:
    """The whole result with what it was computed from, for those who want to check it."""
    run = _visible_run(request, pk, run_pk)
    if not run.is_ready:
        raise Http404
    name = slugify(_("hvor sikker rangeringen er {round}").format(round=run.round))
    return attachment(
        bytes(run.content or b""), filename=f"{name}.json", content_type="application/json"
    )
