"""The plan of a project: phases, milestones and what it waits for."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from projects import plan_story
from projects.actions import plan as actions
from projects.forms.plan import MilestoneForm, PhasesForm, ProjectLinkForm
from projects.models import Milestone, ProjectLink
from projects.views.lines import Register, page_context, read, write

HERE = gettext_lazy("Plan")

MILESTONES = Register(
    key="milestone",
    page="plan",
    here=HERE,
    model=Milestone,
    form=MilestoneForm,
    asks=gettext_lazy("Hva skal dere ha nådd, og når?"),
    change=gettext_lazy("Endre milepælen"),
    remove=gettext_lazy("Fjerne milepælen?"),
    warning=gettext_lazy("Milepæler som venter på den, venter da ikke på den lenger."),
    removed=gettext_lazy("er fjernet"),
)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    today = timezone.localdate()
    phases = plan_story.phase_rows(project, today=today)
    milestones = plan_story.milestone_rows(project, today=today)
    context = {
        **page_context(request, project, MILESTONES),
        "headline": plan_story.headline(phases, project, today=today),
        "phases": phases,
        "has_plan": any(row.plan for row in phases),
        "milestones": milestones,
        "timeline": plan_story.timeline(phases, milestones, today=today),
        "waits_for": project.links_in.select_related("before").order_by("before__name", "pk"),
        "waited_for_by": project.links_out.select_related("after").order_by("after__name", "pk"),
    }
    return render(request, "projects/plan.html", context)


@transaction.atomic
def plan_phases(request: HttpRequest, pk: int) -> HttpResponse:
    """All the phases ahead in one form, because each begins where the one before it ends."""
    project = write(request, pk)
    today = timezone.localdate()
    is_new = not project.phase_plans.exists()
    suggested = plan_story.suggested_days(project, today=today) if is_new else {}
    form = PhasesForm(request.POST or None, project=project, suggested=suggested)
    if form.is_valid():
        actions.plan_phases(project, form.days(), by=request.user)
        messages.success(request, _("Planen er lagret."))
        return redirect("projects:plan", pk)
    context = {"project": project, "here": HERE, "form": form, "is_suggestion": is_new}
    return render(request, "projects/plan_phases.html", context)


@transaction.atomic
def link_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another project that this one waits for."""
    project = write(request, pk)
    form = ProjectLinkForm(request.POST or None, instance=ProjectLink(after=project))
    if form.is_valid():
        cleaned = form.cleaned_data
        actions.wait_for_project(
            project, before=cleaned["before"], what=cleaned["what"], by=request.user
        )
        messages.success(request, _("Lagret."))
        return redirect("projects:plan", pk)
    context = {"project": project, "here": HERE, "form": form}
    return render(request, "projects/plan_link.html", context)


@transaction.atomic
def link_remove(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Asks first."""
    project = write(request, pk)
    links = ProjectLink.objects.select_related("before", "after")
    found = links.filter(after=project, pk=link).first()
    if found is None:
        messages.info(request, _("Den er allerede fjernet."))
        return redirect("projects:plan", pk)
    if request.method == "POST":
        actions.stop_waiting(found, by=request.user)
        messages.success(
            request, _("Prosjektet venter ikke lenger på «{name}».").format(name=found.before)
        )
        return redirect("projects:plan", pk)
    context = {"project": project, "here": HERE, "link": found}
    return render(request, "projects/plan_link_remove.html", context)
