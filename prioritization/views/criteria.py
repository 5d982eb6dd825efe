"""The sets of criteria: read by all who are logged in, written by the team, version by version."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import require_perm
from core.draft_forms import SeenForm, VersionNameForm
from municipality.context_processors import current_cycle
from prioritization.actions import criteria as actions
from prioritization.forms import (
    CriteriaFormSet,
    CriteriaSetForm,
    QuestionFormSet,
    criteria_rows,
    question_rows,
    seen_questions,
)
from prioritization.models import CriteriaSet, Criterion

MANAGE = "prioritization.manage_criteria"


@require_GET
def criteria(request: HttpRequest) -> HttpResponse:
    """The two sets in use, as anybody may read them, and the versions there are."""
    sets = [
        (each, each.ordered_questions())
        for each in CriteriaSet.objects.filter(is_current=True).order_by("-stage")
    ]
    can_manage = request.user.has_perm(MANAGE)
    others = CriteriaSet.objects.filter(is_current=False).for_list()
    context = {
        "sets": sets,
        "others": others if can_manage else others.used(),
        "can_manage": can_manage,
    }
    return render(request, "prioritization/criteria.html", context)


@require_GET
def criteria_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, whether it is in use, has been or is a draft. Drafts are the team's."""
    can_manage = request.user.has_perm(MANAGE)
    shown = get_object_or_404(CriteriaSet.objects.visible_to(request.user), pk=pk)
    rounds = list(shown.rounds.select_related("cycle").order_by("cycle__year"))
    context = {
        "set": shown,
        "questions": shown.ordered_questions(),
        "rounds": rounds,
        "can_manage": can_manage,
        "can_edit": can_manage and not rounds,
    }
    return render(request, "prioritization/criteria_set.html", context)


def criteria_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Lag ny versjon: a draft with all that this one has."""
    require_perm(request.user, MANAGE)
    source = get_object_or_404(CriteriaSet, pk=pk)
    same_stage = CriteriaSet.objects.filter(stage=source.stage)
    taken = set(same_stage.values_list("version", flat=True))
    form = VersionNameForm(
        request.POST or None, taken=taken, initial={"version": _next_name(request, taken)}
    )
    if form.is_valid():
        made = actions.copy_criteria(source, version=form.cleaned_data["version"], by=request.user)
        messages.success(
            request, _("Versjon {version} er laget som utkast.").format(version=made.version)
        )
        return redirect("prioritization:criteria-set", made.pk)
    return render(request, "prioritization/criteria_copy.html", {"form": form, "set": source})


def _next_name(request: HttpRequest, taken: set[str]) -> str:
    """For the year after this one: «2027», or «2027-2» when that is taken."""
    cycle = current_cycle(request)
    if cycle is None:
        return ""
    year = str(cycle.year + 1)
    names = (year if number == 1 else f"{year}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _locked(pk: int) -> CriteriaSet:
    return get_object_or_404(CriteriaSet.objects.select_for_update(of=("self",)), pk=pk)


@transaction.atomic
def criteria_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and weights, all on one page, because the weights are one sum."""
    require_perm(request.user, MANAGE)
    draft = _locked(pk)
    if draft.is_frozen and request.method != "POST":
        return redirect("prioritization:criteria-set", pk)
    form = CriteriaSetForm(request.POST or None, criteria_set=draft)
    rows = CriteriaFormSet(request.POST or None, initial=criteria_rows(draft), prefix="rad")
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        texts = {name: form.cleaned_data[name] for name in ("name", "version", "source")}
        actions.write_criteria(draft, **texts, criteria=rows.criteria(), by=request.user)
        messages.success(request, _("Kriterier og vekter er lagret."))
        return redirect("prioritization:criteria-set", pk)
    context = {"form": form, "rows": rows, "set": draft}
    return render(request, "prioritization/criteria_edit.html", context)


@transaction.atomic
def criteria_questions(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """What is asked about one criterion, which way it counts, and what the answers mean."""
    require_perm(request.user, MANAGE)
    draft = _locked(pk)
    if draft.is_frozen and request.method != "POST":
        return redirect("prioritization:criteria-set", pk)
    criterion = get_object_or_404(Criterion, criteria_set=draft, pk=criterion_pk)
    form = SeenForm(request.POST or None, stored=seen_questions(criterion))
    rows = QuestionFormSet(
        request.POST or None, initial=question_rows(criterion), prefix="sporsmal"
    )
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        actions.write_questions(criterion, rows.questions(), by=request.user)
        messages.success(request, _("«{name}» er lagret.").format(name=criterion))
        return redirect("prioritization:criteria-set", pk)
    context = {"form": form, "rows": rows, "set": draft, "criterion": criterion}
    return render(request, "prioritization/criteria_questions.html", context)


@require_POST
def criteria_take_into_use(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, MANAGE)
    chosen = actions.take_criteria_into_use(get_object_or_404(CriteriaSet, pk=pk), by=request.user)
    messages.success(
        request,
        _("Versjon {version} er i bruk. Neste runde bruker den.").format(version=chosen.version),
    )
    return redirect("prioritization:criteria-set", pk)


def criteria_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    require_perm(request.user, MANAGE)
    draft = get_object_or_404(CriteriaSet, pk=pk)
    if request.method == "POST":
        version = draft.version
        actions.delete_criteria(draft, by=request.user)
        messages.success(request, _("Utkastet {version} er slettet.").format(version=version))
        return redirect("prioritization:criteria")
    if draft.is_frozen or draft.is_current:
        return redirect("prioritization:criteria-set", pk)
    return render(request, "prioritization/criteria_delete.html", {"set": draft})
