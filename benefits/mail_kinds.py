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
TARGET_REACHED = MailKind(
    "benefit-reached",
    _("Det som kom av ideen, har nådd målet"),
    group=TO_SENDER,
    subject=_("Målet er nådd: {prosjekt}"),
    body=_(
        "Ideen din virker. {gevinst}: {nå}, mot {før} før. Målet var {mål}, og det er nådd. Takk "
        "for at du sa fra."
    ),
    placeholders=MEASURED.placeholders[:-1],
    frame=FRAME,
)

BENEFITS = _("Gevinster")
INDICATOR = Placeholder("måleindikator", _("det som måles"), _("Minutter per vakt"))
NAME = Placeholder("gevinst", _("gevinsten"), _("Mindre kjøring etter nøkler"))
DAY = Placeholder("dag", _("dagen det skal måles"), _("15. september 2026"))
WHO = Placeholder("navn", _("navnet på den som skal måle"), _("Anne Bakken"))
LAST_DAY = Placeholder("siste_dag", _("den siste dagen lenken virker"), _("16. oktober 2026"))
OWN_LINK = Placeholder(
    "lenke", _("lenken som svarer uten innlogging"), "https://eksempel.no/", is_required=True
)
PAGE = Placeholder("side", _("siden til gevinsten"), "https://eksempel.no/", is_required=True)
FROM = Placeholder("kommune", _("kommunens navn"), _("Gjøvik kommune"))

ASKED = MailKind(
    "measuring-asked",
    _("Spørsmål om et tall"),
    group=BENEFITS,
    subject=_("Ett tall: {måleindikator}"),
    body=_(
        "Hei {navn}.\n\n«{måleindikator}» skal måles {dag}. Skriv ett tall og gjerne én setning. "
        "Det tar ett minutt, og du trenger ikke logge inn:\n\n{lenke}\n\nLenken er din. Den kan "
        "brukes én gang, og virker til {siste_dag}.\n\nHilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=(WHO, INDICATOR, NAME, DAY, OWN_LINK, LAST_DAY, FROM),
)
REMINDED = MailKind(
    "measuring-reminded",
    _("Påminnelse om et tall"),
    group=BENEFITS,
    subject=_("Vi mangler ett tall: {måleindikator}"),
    body=_(
        "Hei {navn}.\n\n«{måleindikator}» skal måles {dag}, og vi har ikke fått tallet. Det tar "
        "ett minutt:\n\n{lenke}\n\nKan du ikke måle? Si hvorfor på samme side. Lenken virker til "
        "{siste_dag}.\n\nHilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=ASKED.placeholders,
)
LATE = MailKind(
    "measuring-late",
    _("Tallet er en uke over tiden: til den som skal måle"),
    group=BENEFITS,
    subject=_("Tallet mangler fortsatt: {måleindikator}"),
    body=_(
        "Hei {navn}.\n\n«{måleindikator}» skulle vært målt {dag}. Nå har vi sagt fra til "
        "{leder}. Du kan fortsatt svare:\n\n{lenke}\n\nLenken virker til {siste_dag}.\n\nHilsen "
        "digitaliseringsteamet i {kommune}"
    ),
    placeholders=(
        *ASKED.placeholders,
        Placeholder("leder", _("den som har fått beskjed"), _("Per Lunde")),
    ),
)
ESCALATED = MailKind(
    "measuring-escalated",
    _("Tallet er en uke over tiden: til sektorlederen"),
    group=BENEFITS,
    subject=_("Ikke målt: {måleindikator}"),
    body=_(
        "Hei.\n\n«{måleindikator}» i prosjektet «{prosjekt}» skulle vært målt {dag}. {navn} er "
        "spurt og minnet på det, men har ikke svart. Be om tallet, eller spør en annen:\n\n{side}"
        "\n\nHilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=(
        WHO,
        INDICATOR,
        NAME,
        Placeholder("prosjekt", _("prosjektets navn"), _("Digitale nøkler")),
        DAY,
        PAGE,
        FROM,
    ),
)
SKIPPED = MailKind(
    "measuring-skipped",
    _("Noen kan ikke måle: til gevinsteieren og teamet"),
    group=BENEFITS,
    subject=_("Ble ikke målt: {måleindikator}"),
    body=_(
        "Hei.\n\n{navn} kan ikke måle «{måleindikator}» {dag}:\n\n{grunn}\n\nNeste måling er "
        "{neste_dag}. Gevinsten er her:\n\n{side}\n\nHilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=(
        WHO,
        INDICATOR,
        NAME,
        DAY,
        Placeholder(
            "grunn", _("grunnen som er skrevet"), _("Telleren er på reparasjon."), is_required=True
        ),
        Placeholder("neste_dag", _("neste gang det skal måles"), _("15. januar 2027")),
        PAGE,
        FROM,
    ),
)
OWNER = MailKind("benefit-owner", _("Du er gevinsteier"), group=BENEFITS)
RESPONSIBILITY = MailKind(
    "benefit-responsibility", _("Hvem som svarer for en gevinst"), group=BENEFITS
)

KINDS = (
    MEASURED,
    TARGET_REACHED,
    ASKED,
    REMINDED,
    LATE,
    ESCALATED,
    SKIPPED,
    OWNER,
    RESPONSIBILITY,
)
