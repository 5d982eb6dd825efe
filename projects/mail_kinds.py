"""The kinds of mail about projects, beside those that tell the idea's sender."""

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind, Placeholder
from ideas.mail_kinds import FRAME, REASON, TO_SENDER

PHASE = MailKind(
    "project-phase",
    _("Prosjektet som kom av ideen, er i en ny fase"),
    group=TO_SENDER,
    subject=_("Nytt om ideen din: {prosjekt}"),
    body=_("Prosjektet som kom av ideen din, er nå i fasen {fase}.\n\nGrunnen er: {grunn}"),
    placeholders=(
        Placeholder("prosjekt", _("prosjektets navn"), _("Svar på søknader")),
        Placeholder("fase", _("fasen prosjektet er i"), _("Gjennomføre"), is_required=True),
        REASON,
    ),
    frame=FRAME,
)
WORK = MailKind("project-work", _("Til dem som har ansvar i et prosjekt"), group=_("Prosjekter"))
BOARD = MailKind(
    "ict-board",
    _("Til IKT-styringsrådet, og til prosjektene om det rådet har svart"),
    group=_("Prosjekter"),
)
ENDED = MailKind(
    "project-ended",
    _("Prosjektet som kom av ideen, er stoppet eller løses i linjen"),
    group=TO_SENDER,
    subject=_("Nytt om ideen din: {prosjekt}"),
    body=_(
        "Prosjektet som kom av ideen din, er ikke lenger et prosjekt: {utfall}.\n\nGrunnen er: "
        "{grunn}"
    ),
    placeholders=(
        Placeholder("prosjekt", _("prosjektets navn"), _("Svar på søknader")),
        Placeholder("utfall", _("hvordan det endte"), _("stoppet"), is_required=True),
        REASON,
    ),
    frame=FRAME,
)
GATE = MailKind("project-gate", _("Om beslutningspunkter i et prosjekt"), group=_("Prosjekter"))

KINDS = (PHASE, ENDED, GATE, WORK, BOARD)
