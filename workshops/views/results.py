"""What came out of it: chosen into the inbox, on paper, in a workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle
from municipality.models import Municipality
from workshops import actions, exports
from workshops.models import Cluster, Note, Phase, Workshop
from workshops.results import Outcome, outcomes
from workshops.views.leading import led


def workshop_choose(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    ripe = [outcome for outcome in outcomes(workshop) if _is_ripe(workshop, outcome)]
    if request.method == "POST":
        notes, clusters = _ticked(request, ripe)
        if notes or clusters:
            made = actions.choose(
                workshop,
                notes=notes,
                clusters=clusters,
                by=request.user,
                on=timezone.localdate(),
            )
            said = ngettext(
                "{count} idé er sendt til innboksen.",
                "{count} ideer er sendt til innboksen.",
                len(made),
            )
            messages.success(request, said.format(count=len(made)))
            return redirect("workshops:choose", workshop.pk)
        messages.error(request, _("Kryss av for minst én lapp eller kolonne."))
    context = {"workshop": workshop, "outcomes": ripe, "closed": _closed(request)}
    return render(request, "workshops/workshop_choose.html", context)


def _is_ripe(workshop: Workshop, outcome: Outcome) -> bool:
    return workshop.is_ended or outcome.question.phase == Phase.CHOOSE


def _ticked(request: HttpRequest, ripe: list[Outcome]) -> tuple[list[Note], list[Cluster]]:
    """What was ticked, among what may be: with the votes they were shown with."""
    wanted = {name: set(request.POST.getlist(name)) for name in ("note", "cluster")}
    notes: list[Note] = []
    clusters: list[Cluster] = []
    for outcome in ripe:
        for one in outcome.notes:
            if str(one.pk) in wanted["note"]:
                notes.append(one.what)
        for one in outcome.clusters:
            if str(one.pk) in wanted["cluster"]:
                one.what.dots = one.dots
                clusters.append(one.what)
    return notes, clusters


def _closed(request: HttpRequest) -> str:
    """Why nothing can become an idea today; empty while idémyldring is open."""
    cycle, today = current_cycle(request), timezone.localdate()
    if cycle is None:
        return _("Ingen har startet årshjulet ennå.")
    phase = cycle.phase(PhaseKind.IDEATION)
    return "" if phase.is_open(today) else closed_message(phase, on=today)


@require_GET
def workshop_print(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    context = {
        "workshop": workshop,
        "outcomes": outcomes(workshop),
        "people_count": workshop.participants.count(),
    }
    return render(request, "workshops/workshop_print.html", context)


@require_GET
def workshop_export(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    content = exports.workshop_workbook(
        workshop,
        outcomes(workshop, with_hidden=True),
        creator=Municipality.load().name,
        made_at=timezone.now(),
    )
    filename = f"verksted-{slugify(workshop.name) or workshop.pk}.xlsx"
    return attachment(content, filename=filename, content_type=CONTENT_TYPE)
