"""The mail about the memo."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.notifications import queue_mail
from municipality.models import User
from prioritization.mail_kinds import MEMO
from prioritization.models import Memo


def tell_final(memo: Memo) -> None:
    """To everyone in the management group: there is a memo to read, and then to decide on."""
    url = settings.SITE_URL + reverse("prioritization:memo-read", args=[memo.pk])
    for reader in User.objects.filter(groups__name=roles.MANAGEMENT, is_active=True).order_by("pk"):
        queue_mail(
            to=reader.email,
            kind=MEMO,
            subject=_("Notatet er klart: {title}").format(title=memo.title),
            body=_(
                "Hei.\n\nNotatet «{title}» er klart til behandling. Les det her:\n{url}\n\n"
                "PDF-en ligger på samme side. Vedtaket føres etter møtet.\n\n"
                "Hilsen digitaliseringsteamet"
            ).format(title=memo.title, url=url),
        )
