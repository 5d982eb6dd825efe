"""Sending an idea: the form, and the receipt."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core import roles
from core.abuse import Guard
from core.errors import ActionRefused
from core.form_guards import SubmissionKeyField
from ideas import actions
from ideas.forms import EmployeeIdeaForm, IdeaForm
from ideas.models import Idea, Submitter
from municipality.actions import closed_message
from municipality.calendar import PhaseKind
from municipality.context_processors import current_cycle
from municipality.models import User


@login_not_required
def idea_create(request: HttpRequest) -> HttpResponse:
    """The form. Its other buttons change what is in it, and show it again."""
    today = timezone.localdate()
    cycle = current_cycle(request)
    phase = cycle.phase(PhaseKind.IDEATION) if cycle else None
    closed = closed_message(phase, on=today) if phase and not phase.is_open(today) else ""
    sent_before = _sent_before(request)
    if sent_before is not None:
        return redirect("ideas:receipt", token=sent_before.token)
    form = _idea_form(request)
    if form.is_bound:
        if closed:
            raise ActionRefused(closed)
        _keep_files(request, form)
        if _is_changed_by_a_button(request, form):
            form.errors.clear()
        elif form.is_valid():
            return _send(request, form)
    context = {"form": form, "phase": phase, "closed": closed, "cycle": cycle}
    return render(request, "ideas/idea_form.html", context)


def _send(request: HttpRequest, form: IdeaForm) -> HttpResponse:
    by = request.user if request.user.is_authenticated else None
    form.instance.submission_key = form.cleaned_data["submission_key"]
    email = form.cleaned_data.get("email", "")
    idea = actions.submit(form.instance, email=email, by=by, on=timezone.localdate())
    form.guard.count()
    return redirect("ideas:receipt", token=idea.token)


def _sent_before(request: HttpRequest) -> Idea | None:
    """The idea of this very form, when it is sent again by a double click or a reload."""
    if request.method != "POST":
        return None
    try:
        key = SubmissionKeyField().to_python(request.POST.get("submission_key"))
    except ValidationError:
        return None
    return Idea.objects.filter(submission_key=key).first()


def _idea_form(request: HttpRequest) -> IdeaForm:
    guard = Guard(request, "idea")
    data, files = request.POST or None, request.FILES or None
    if not request.user.is_authenticated:
        return IdeaForm(data, files, guard=guard)
    known = Idea(submitter=_submitter(request.user), sector=request.user.sector)
    return EmployeeIdeaForm(data, files, guard=guard, instance=known)


def _submitter(user: User) -> Submitter:
    leads = {roles.SECTOR_LEADER, roles.MANAGEMENT} & user.roles
    return Submitter.LEADER if leads else Submitter.EMPLOYEE


def _keep_files(request: HttpRequest, form: IdeaForm) -> None:
    """A browser sends a file once, so it is kept here until the rest of the form is right."""
    form.full_clean()
    key = form.cleaned_data.get("submission_key")
    guard = Guard(request, "file")
    if key is None or not form.accepted or guard.is_closed:
        return
    guard.count()
    actions.stage(key, form.accepted, at=timezone.now())
    vars(form).pop("staged", None)


def _is_changed_by_a_button(request: HttpRequest, form: IdeaForm) -> bool:
    """Somebody took a file away, or let us take out what looked like personal data."""
    key = form.cleaned_data.get("submission_key")
    file = request.POST.get("remove_file", "")
    if file and key is not None:
        if file.isdecimal() and len(file) < 19:
            actions.unstage(key, int(file))
        return True
    if request.POST.get("personal") == "remove":
        form.take_out_personal_data()
        return True
    return False


@login_not_required
@require_GET
def idea_receipt(request: HttpRequest, token: str) -> HttpResponse:
    known = Idea.objects.select_related("contact", "submitted_by")
    idea = get_object_or_404(known, token=token)
    files = idea.attachments.without_content()
    return render(request, "ideas/idea_receipt.html", {"idea": idea, "files": files})
