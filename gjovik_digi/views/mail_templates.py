"""The texts of our mails: what each kind says, and whether somebody reads it before it goes."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import mail_templates
from core.access import require_perm
from core.mail_kinds import MailKind
from core.models import Event, MailTemplate
from gjovik_digi import mail_kinds
from gjovik_digi.forms.outbox import TemplateForm

PERM = "core.use_outbox"
SHOWN_EVENTS = 20


@dataclass(frozen=True)
class Row:
    kind: MailKind
    is_own: bool
    read_first: bool


@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, PERM)
    own = {each.kind: each for each in MailTemplate.objects.all()}
    groups = [
        (name, [_row(kind, own.get(kind.key)) for kind in kinds])
        for name, kinds in mail_kinds.grouped()
    ]
    return render(request, "outbox/templates.html", {"groups": groups})


def _row(kind: MailKind, own: MailTemplate | None) -> Row:
    chosen = own.read_first if own else None
    return Row(
        kind,
        is_own=bool(own and own.body),
        read_first=not kind.is_secret and (kind.read_first if chosen is None else chosen),
    )


def _kind(key: str, *, with_template: bool = True) -> MailKind:
    kind = mail_kinds.BY_KEY.get(key)
    if kind is None or (with_template and not kind.has_template):
        raise Http404
    return kind


@transaction.atomic
def template_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Write, see it with example data, and keep it."""
    require_perm(request.user, PERM)
    kind = _kind(key)
    own = mail_templates.locked(kind) if request.method == "POST" else _own(kind)
    text = mail_templates.text_of(kind)
    context: dict[str, Any] = {
        "kind": kind,
        "is_own": bool(own.body),
        "example": mail_templates.example(kind, text),
        "events": _history(own),
    }
    form = TemplateForm(request.POST or None, instance=own, kind=kind, text=text)
    context["form"] = form
    if form.is_valid():
        if "save" in request.POST:
            mail_templates.write(own, by=request.user)
            messages.success(request, _("Lagret. Neste e-post får denne teksten."))
            return redirect("outbox:template", key=kind.key)
        context["example"] = mail_templates.example(kind, form.typed())
        context["is_tried"] = True
    return render(request, "outbox/template.html", context)


def _own(kind: MailKind) -> MailTemplate:
    return MailTemplate.objects.filter(kind=kind.key).first() or MailTemplate(kind=kind.key)


def _history(own: MailTemplate) -> Any:
    written = Event.objects.about(own).filter(verb__startswith="mail template")
    return written.select_related("by").order_by("-at", "-pk")[:SHOWN_EVENTS]


@require_POST
def template_restore(request: HttpRequest, key: str) -> HttpResponse:
    require_perm(request.user, PERM)
    kind = _kind(key)
    mail_templates.restore(kind, by=request.user)
    messages.success(request, _("Teksten er den opprinnelige igjen."))
    return redirect("outbox:template", key=kind.key)


@require_POST
def template_read_first(request: HttpRequest, key: str) -> HttpResponse:
    """Choose whether mails of this kind are held until somebody has read them."""
    require_perm(request.user, PERM)
    kind = _kind(key, with_template=False)
    if kind.is_secret or kind.is_frame:
        raise Http404
    read_first = request.POST.get("read_first") == "ja"
    mail_templates.choose_read_first(kind, read_first, by=request.user)
    words = (
        _("«{kind}» blir holdt tilbake i utboksen til noen har sett over den.")
        if read_first
        else _("«{kind}» blir sendt med en gang.")
    )
    messages.success(request, words.format(kind=kind.name))
    return redirect("outbox:templates")
