"""The outbox: mail before it goes, while somebody can still read, change, hold or stop it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core import outbox
from core.access import require_perm
from core.mail_kinds import LINK_MARK, MailKind
from core.models import OutgoingMail
from gjovik_digi import mail_kinds, outbox_filter
from gjovik_digi.forms.outbox import DiscardForm, MailForm

PERM = "core.use_outbox"
PER_PAGE = 25


@dataclass(frozen=True)
class Row:
    mail: OutgoingMail
    kind: MailKind


def _tab(request: HttpRequest) -> str:
    asked = request.GET.get("mappe", "")
    return asked if asked in outbox_filter.WORDS else outbox_filter.HELD


@require_GET
def outbox_list(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, PERM)
    tab = _tab(request)
    found = outbox_filter.OutboxFilter(request.GET, queryset=outbox_filter.in_tab(tab))
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": outbox_filter.tabs(),
        "tab": tab,
        "filter": found,
        "page": page,
        "rows": [Row(mail, mail_kinds.of(mail.kind)) for mail in page.object_list],
        "narrowed": bool(request.GET.get("q") or request.GET.get("kind")),
        "can_be_sent": tab in {outbox_filter.HELD, outbox_filter.FAILED},
    }
    return render(request, "outbox/list.html", context)


@require_POST
def release_many(request: HttpRequest) -> HttpResponse:
    """Let the ticked ones go, or all that the list was narrowed down to."""
    require_perm(request.user, PERM)
    tab = _tab(request)
    if tab not in {outbox_filter.HELD, outbox_filter.FAILED}:
        raise PermissionDenied
    mails = outbox_filter.OutboxFilter(request.GET, queryset=outbox_filter.in_tab(tab)).qs
    if "all" not in request.POST:
        ticked = [pk for pk in request.POST.getlist("mail") if pk.isdecimal()]
        mails = mails.filter(pk__in=ticked)
    count = outbox.release_all(mails, by=request.user)
    if count:
        words = ngettext("{count} e-post sendes nå.", "{count} e-poster sendes nå.", count)
        messages.success(request, words.format(count=count))
    else:
        messages.error(request, _("Kryss av for minst én e-post."))
    return redirect(f"{reverse('outbox:list')}?{urlencode({'mappe': tab})}")


@require_GET
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as it goes, without the link that is the receiver's own."""
    require_perm(request.user, PERM)
    mails = OutgoingMail.objects.select_related("edited_by", "discarded_by")
    mail = get_object_or_404(mails, pk=pk)
    kind = mail_kinds.of(mail.kind)
    context = {"mail": mail, "kind": kind, "body": _shown(mail)}
    return render(request, "outbox/mail.html", context)


def _shown(mail: OutgoingMail) -> str:
    own = _("(lenka til mottakerens egen side)")
    return mail.body.replace(LINK_MARK, own) if mail.link else mail.body


@transaction.atomic
def mail_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, PERM)
    get_object_or_404(OutgoingMail, pk=pk)
    mail = outbox.locked(pk)
    if mail_kinds.of(mail.kind).is_secret:
        raise PermissionDenied
    form = MailForm(request.POST or None, instance=mail)
    if form.is_valid():
        outbox.edit(mail, by=request.user)
        messages.success(request, _("Lagret. Slik blir e-posten."))
        return redirect("outbox:mail", pk=mail.pk)
    return render(request, "outbox/edit.html", {"mail": mail, "form": form})


@require_POST
def mail_hold(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, PERM)
    get_object_or_404(OutgoingMail, pk=pk)
    mail = outbox.hold(pk, by=request.user)
    messages.success(request, _("E-posten er holdt tilbake til noen sender den."))
    return redirect("outbox:mail", pk=mail.pk)


@require_POST
def mail_release(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, PERM)
    get_object_or_404(OutgoingMail, pk=pk)
    mail = outbox.release(pk, by=request.user)
    messages.success(request, _("E-posten sendes nå."))
    return redirect("outbox:mail", pk=mail.pk)


def mail_discard(request: HttpRequest, pk: int) -> HttpResponse:
    require_perm(request.user, PERM)
    mail = get_object_or_404(OutgoingMail, pk=pk)
    form = DiscardForm(request.POST or None)
    if form.is_valid():
        outbox.discard(pk, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("E-posten er forkastet, og blir ikke sendt."))
        return redirect("outbox:mail", pk=pk)
    return render(request, "outbox/discard.html", {"mail": mail, "form": form})
