from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import ActionRefused
from workshops import actions
from workshops.forms import ClusterChangeForm, ClusterForm, MoveForm
from workshops.models import Cluster
from workshops.views.leading import led, note_in


@require_POST
def note_move(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    workshop = led(request, pk)
    note = note_in(workshop, note_pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    to = form.cleaned_data["to"]
    cluster = get_object_or_404(Cluster, pk=to, question=note.question) if to else None
    actions.move_note(note, to=cluster, version=form.cleaned_data["version"])
    return redirect(workshop)


@require_POST
def cluster_create(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = led(request, pk)
    form = ClusterForm(request.POST)
    if workshop.current_question is None:
        raise ActionRefused(_("Verkstedet har ikke begynt ennå."))
    if form.is_valid():
        actions.add_cluster(workshop.current_question, title=form.cleaned_data["title"])
    else:
        messages.error(request, form.errors["title"][0])
    return redirect(workshop)


@require_POST
def cluster_edit(request: HttpRequest, pk: int, cluster_pk: int) -> HttpResponse:
    """Rename a column, merge it with another, move it, or take it away."""
    workshop = led(request, pk)
    found = Cluster.objects.select_related("question__workshop")
    cluster = get_object_or_404(found, pk=cluster_pk, question__workshop=workshop)
    form = ClusterChangeForm(request.POST, cluster=cluster)
    if not form.is_valid():
        return HttpResponseBadRequest()
    act, version = form.cleaned_data["act"], form.cleaned_data["version"]
    title, into = form.cleaned_data["title"], form.cleaned_data["into"]
    if act == "rename" and title:
        actions.rename_cluster(cluster, title=title, version=version)
    elif act == "rename":
        messages.error(request, _("Skriv hva kolonnen skal hete."))
    elif act == "merge" and into:
        actions.merge_clusters(cluster, into=into, version=version, by=request.user)
    elif act == "merge":
        messages.error(request, _("Velg kolonnen den skal slås sammen med."))
    elif act == "remove":
        actions.remove_cluster(cluster, version=version)
    else:
        actions.move_cluster(cluster, steps=-1 if act == "left" else 1)
    return redirect(workshop)
