"""The ranking: a page of rows with what each score is made of, and what is not ranked."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.formatting import count_word, day
from core.models import Chart
from prioritization import actions, matrix, standings
from prioritization.cut import cut_of, demanded_by_law, reaches
from prioritization.forms import FrameForm
from prioritization.models import Entry, Question, Round, Stage
from prioritization.rules import sees_ranking
from prioritization.sureness import Sureness, sureness_of

PER_PAGE = 50
MOST_UNRANKED = 25  # of each kind; the round's own page lists every idea


@require_GET
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.for_ranking().with_matrix()
    scored = get_permitted(request.user, "prioritization.view_ranking", rounds, pk=pk)
    if not sees_ranking(request.user, scored):
        return render(request, "prioritization/ranking_wait.html", {"round": scored})
    questions = scored.ordered_questions()
    criteria = list(dict.fromkeys(question.criterion for question in questions))
    sureness = sureness_of(scored, answers=scored.answers)
    page = _page(request, scored, sureness)
    top = _top(scored, page)
    is_changed = sureness.answers_changed or sureness.is_of_another_top(top)
    statutory, incomplete = _unranked(scored) if page.number == 1 else ([], [])
    rows = standings.rows_of(scored, page, criteria, top=top, are_near=sureness.is_current)
    of_draws = sureness.ready.top if sureness.ready and not is_changed else None
    context = {
        "round": scored,
        "stages": _stages(scored),
        "page": page,
        "rows": rows,
        "criteria": criteria,
        "legend": standings.legend_of(criteria),
        "questions": questions,
        "heading": standings.heading_of(page, rows, top=of_draws),
        "lead": _lead(scored, top),
        "top": top,
        "unpriced": sum(row.entry.idea.estimated_cost is None for row in rows if not row.is_below),
        "sureness": sureness,
        "top_changed": sureness.is_of_another_top(top),
        "statutory": statutory,
        "incomplete": [(entry, _lacks(entry, questions)) for entry in incomplete],
        "matrix": matrix.matrix_of(page.object_list, criteria) if page.number == 1 else None,
        "chart": Chart(screen_svg=scored.matrix_svg) if scored.matrix_svg else None,
    }
    return render(request, "prioritization/ranking.html", context)


def _page(request: HttpRequest, scored: Round, sureness: Sureness) -> Page:
    ranked = scored.entries.ranked().for_rows()
    if sureness.ready is not None:
        ranked = ranked.with_ranges(sureness.ready)
    paginator = Paginator(ranked, PER_PAGE)
    paginator.count = scored.ranked_count  # counted with the round
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def _unranked(scored: Round) -> tuple[list[Entry], list[Entry]]:
    """What the law demands, and what lacks an answer, nearest to complete first. One query."""
    statutory = scored.entries.statutory().for_rows()[:MOST_UNRANKED]
    incomplete = scored.entries.incomplete().for_rows()[:MOST_UNRANKED]
    found = list(statutory.union(incomplete, all=True))
    demanded = [entry for entry in found if entry.idea.is_statutory]
    lacking = [entry for entry in found if not entry.idea.is_statutory]
    return (
        sorted(demanded, key=lambda entry: entry.idea.title),
        sorted(lacking, key=lambda entry: (-entry.answered_weight, entry.pk)),
    )


def _stages(scored: Round) -> list[tuple[int | None, str]]:
    """The rankings of both stages, the first one first. They are never put together."""
    first, second = _("Steg 1: {name}"), _("Steg 2: {name}")
    pks = [scored.pk, scored.other_pk]
    if scored.stage != Stage.SCREENING:
        pks.reverse()
    return [
        (pks[0], first.format(name=Stage.SCREENING.label.lower())),
        (pks[1], second.format(name=Stage.FURTHER.label.lower())),
    ]


def _lacks(entry: Entry, questions: Sequence[Question]) -> str:
    """Which criteria nobody has answered."""
    names = {question.criterion.code: question.criterion.short_name for question in questions}
    return ", ".join(
        name.lower() for code, name in names.items() if entry.breakdown.get(code) is None
    )


def _top(scored: Round, page: Page) -> int | None:
    """How far down there is money for; None when nobody has said how much there is.

    Mostly the line goes on the first page, which is then enough to tell.
    """
    if scored.budget_frame is None:
        return None
    if page.number == 1:
        top = reaches(scored.budget_frame - scored.demanded, page.object_list)
        if top < len(page.object_list) or not page.has_next():
            return top
    cut = cut_of(scored, demanded=scored.demanded)
    return None if cut is None else cut.top


def _lead(scored: Round, top: int | None) -> str:
    people = ngettext(
        "Poengene er satt av én person", "Poengene er satt av {count} personer", scored.people_count
    ).format(count=count_word(scored.people_count))
    if scored.agreed_at:
        people = _("{people} og avstemt i konsensus {day}").format(
            people=people, day=day(scored.agreed_at, today=timezone.localdate())
        )
    if top is None:
        return _("{ranked} av {all} ideer er rangert. {people}.").format(
            ranked=scored.ranked_count, all=scored.idea_count, people=people
        )
    return f"{_reach(scored, top)} {people}."


def _reach(scored: Round, top: int) -> str:
    year = scored.cycle.budget_year
    if top >= scored.ranked_count:
        return _("Rammen for {year} holder til alle ideene.").format(year=year)
    if not top:
        return _("Rammen for {year} holder ikke til den øverste ideen.").format(year=year)
    return ngettext(
        "Rammen for {year} holder til ett prosjekt.",
        "Rammen for {year} holder til {count} prosjekter.",
        top,
    ).format(year=year, count=count_word(top))


def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """How much money there is, which decides where the line goes."""
    rounds = Round.objects.for_page()
    scored = get_permitted(request.user, "prioritization.manage_round", rounds, pk=pk)
    form = FrameForm(
        request.POST or None, initial={"frame": scored.budget_frame, "seen": scored.budget_frame}
    )
    if form.is_valid():
        actions.set_frame(scored, **form.cleaned_data, by=request.user)
        messages.success(request, _("Rammen er lagret. Streken følger den."))
        return redirect("prioritization:ranking", pk=pk)
    demanded = demanded_by_law(scored)
    context = {"form": form, "round": scored, "demanded": demanded}
    return render(request, "prioritization/ranking_frame.html", context)
