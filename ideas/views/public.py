from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import roles
from ideas import actions, codes
from ideas.filters import IdeaFilter
from ideas.forms import EmployeeIdeaForm, FollowForm, IdeaForm
from ideas.models import Idea, Submitter
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle
from municipality.models import User

PER_PAGE = 25


@login_not_required
@require_GET
def idea_list(request: HttpRequest) -> HttpResponse:
    found = IdeaFilter(request.GET, queryset=Idea.objects.published().for_list())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "ideas": page.object_list}
    template = "ideas/idea_list.html#rows" if request.htmx else "ideas/idea_list.html"
    return render(request, template, context)


@login_not_required
def idea_create(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    cycle = current_cycle(request)
    form = _idea_form(request)
    if form.is_valid():
        by = request.user if request.user.is_authenticated else None
        form.instance.submission_key = form.cleaned_data["submission_key"]
        email = form.cleaned_data.get("email", "")
        idea = actions.submit(form.instance, email=email, by=by, on=today)
        return redirect("ideas:receipt", token=idea.token)
    phase = cycle.phase(PhaseKind.IDEATION) if cycle else None
    closed = closed_message(phase, on=today) if phase and not phase.is_open(today) else ""
    return render(request, "ideas/idea_form.html", {"form": form, "phase": phase, "closed": closed})


def _idea_form(request: HttpRequest) -> IdeaForm:
    if not request.user.is_authenticated:
        return IdeaForm(request.POST or None)
    known = Idea(submitter=_submitter(request.user), sector=request.user.sector)
    return EmployeeIdeaForm(request.POST or None, instance=known)


def _submitter(user: User) -> Submitter:
    leads = {roles.SECTOR_LEADER, roles.MANAGEMENT} & user.roles
    return Submitter.LEADER if leads else Submitter.EMPLOYEE


@login_not_required
@require_GET
def idea_receipt(request: HttpRequest, token: str) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.select_related("contact", "submitted_by"), token=token)
    return render(request, "ideas/idea_receipt.html", {"idea": idea})


@login_not_required
@require_GET
def idea_follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.GET or None)
    if form.is_valid():
        code = codes.normalise(form.cleaned_data["code"])
        if Idea.objects.filter(code=code).exists():
            return redirect("idea", code=code)
        form.add_error("code", _("Vi finner ingen idé med koden {code}.").format(code=code))
    return render(request, "ideas/idea_follow.html", {"form": form})
