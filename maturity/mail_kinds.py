"""The kinds of mail about the measurement."""

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind

MEASUREMENT = _("Måling")

TO_LEADERS = MailKind("measurement", _("Egenvurdering: til sektorene"), group=MEASUREMENT)
TO_MEMBERS = MailKind("measurement-member", _("Egenvurdering: til ledergruppa"), group=MEASUREMENT)

KINDS = (TO_LEADERS, TO_MEMBERS)
