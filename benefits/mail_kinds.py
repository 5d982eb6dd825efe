"""The kinds of mail about benefits, beside the one that tells the idea's sender."""

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind, Placeholder
from ideas.mail_kinds import FRAME, TO_SENDER

MEASURED = MailKind(
    "benefit-measured",
    _("Det som kom av ideen, er målt"),
    group=TO_SENDER,
    subject=_("Ideen din er målt: {prosjekt}"),
    body=_(
        "Det som kom av ideen din, er målt: {gevinst}. Tallet er {nå}, mot {før} før. Målet er "
        "{mål}. {framdrift} Takk for at du sa fra."
    ),
    placeholders=(
        Placeholder("prosjekt", _("prosjektets navn"), _("Svar på søknader")),
        Placeholder("gevinst", _("det som er målt"), _("Timer brukt på telefon"), is_required=True),
        Placeholder("nå", _("tallet nå"), _("140 timer"), is_required=True),
        Placeholder("før", _("tallet før"), _("200 timer")),
        Placeholder("mål", _("målet"), _("100 timer")),
        Placeholder(
            "framdrift", _("hvor langt vi er kommet, når vi vet det"), _("60 % av veien er gått.")
        ),
    ),
    frame=FRAME,
)
OWNER = MailKind("benefit-owner", _("Du er gevinsteier"), group=_("Gevinster"))
RESPONSIBILITY = MailKind(
    "benefit-responsibility", _("Hvem som svarer for en gevinst"), group=_("Gevinster")
)

KINDS = (MEASURED, OWNER, RESPONSIBILITY)
