"""The kinds of mail about accounts."""

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind

ACCOUNT = MailKind("account", _("Konto og passord"), group=_("Kontoer"), is_secret=True)
HANDED_OVER = MailKind("handed-over", _("Det du tar over etter en annen"), group=_("Kontoer"))

KINDS = (ACCOUNT, HANDED_OVER)
