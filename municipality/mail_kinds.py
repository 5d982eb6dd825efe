"""The kinds of mail about accounts."""

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind

ACCOUNT = MailKind("account", _("Konto og passord"), group=_("Kontoer"), is_secret=True)

KINDS = (ACCOUNT,)
