"""The kinds of mail about points and the memo."""

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind

PRIORITISATION = _("Prioritering")

SCORING = MailKind("scoring", _("Poengsetting: be om poeng og minne om det"), group=PRIORITISATION)
MEMO = MailKind("memo", _("Notatet er klart"), group=PRIORITISATION)

KINDS = (SCORING, MEMO)
