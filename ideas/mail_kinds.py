"""The kinds of mail about ideas, with the words each has until the municipality writes its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.mail_kinds import MailKind, Placeholder
from ideas.models import IdeaStatus

TO_SENDER = _("Til den som sendte ideen")
TO_FOLLOWER = _("Til dem som følger en idé")
INSIDE = _("Til dem som arbeider med ideen")
FRAMES = _("Felles for e-postene")

TITLE = Placeholder("tittel", _("ideens tittel"), _("Svar på søknader"))
CODE = Placeholder("kode", _("ideens kode"), "G26-062")
REASON = Placeholder(
    "grunn", _("begrunnelsen som er skrevet"), _("Mange spør om det samme."), is_required=True
)
LINK = Placeholder(
    "lenke", _("lenken til siden det gjelder"), "https://eksempel.no/ideer/", is_required=True
)
MUNICIPALITY = Placeholder("kommune", _("kommunens navn"), _("Gjøvik kommune"))
UNIT = Placeholder("enhet", _("enheten som gjør det i linja"), _("Servicetorget"))
OTHER_TITLE = Placeholder("annen", _("tittelen på den andre ideen"), _("Kø på telefonen"))
OTHER_CODE = Placeholder("annen_kode", _("koden til den andre ideen"), "G26-014")

FRAME = MailKind(
    "idea-frame",
    _("Hilsen og lenke rundt e-postene om ideer"),
    group=FRAMES,
    body=_(
        "Hei.\n\n{beskjed}\n\nFølg ideen her: {lenke}\n\nHilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=(
        Placeholder(
            "beskjed",
            _("teksten i den enkelte e-posten"),
            _("Takk. Ideen er mottatt. Du får svar innen 21 dager."),
            is_required=True,
        ),
        LINK,
        MUNICIPALITY,
    ),
    is_frame=True,
)


FOLLOWER_FRAME = MailKind(
    "idea-follower-frame",
    _("Hilsen og lenker rundt e-postene til dem som følger en idé"),
    group=FRAMES,
    body=_(
        "Hei.\n\n{beskjed}\n\nLes mer: {side}\n\nDu får denne e-posten fordi du følger ideen. "
        "Slutt å følge den: {lenke}\n\nHilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=(
        Placeholder(
            "beskjed",
            _("teksten i den enkelte e-posten"),
            _("Ideen «Svar på søknader» er nå «Godkjent»."),
            is_required=True,
        ),
        Placeholder("side", _("ideens side"), "https://eksempel.no/ideer/G26-062/"),
        LINK,
        MUNICIPALITY,
    ),
    is_frame=True,
)


def _to_sender(
    key: str, name: Any, body: Any, *more: Placeholder, read_first: bool = False, subject: Any = ""
) -> MailKind:
    return MailKind(
        key,
        name,
        group=TO_SENDER,
        subject=subject or _("Nytt om ideen din: {tittel}"),
        body=body,
        placeholders=(TITLE, CODE, *more),
        frame=FRAME,
        read_first=read_first,
    )


RECEIVED = _to_sender(
    "idea-received",
    _("Ideen er mottatt"),
    _("Takk. Ideen er mottatt. Koden er {kode}. Du får svar innen {dager} dager."),
    Placeholder("dager", _("dager til lovet svar"), "21"),
    subject=_("Vi har mottatt ideen din ({kode})"),
)
REPLY = _to_sender(
    "idea-reply",
    _("Kommunen svarer på ideen"),
    _("Kommunen har svart på ideen din «{tittel}»:\n\n{svar}"),
    Placeholder("svar", _("svaret som er skrevet"), _("Vi ser på det."), is_required=True),
    subject=_("Svar om ideen din: {tittel}"),
)

# The team's own outcomes are read before they go: each is a promise or a no.
STATUS = {
    IdeaStatus.RECEIVED: _to_sender(
        "idea-again",
        _("Ideen er tilbake i innboksen"),
        _("Vi ser på ideen din «{tittel}» på nytt.\n\nGrunnen er: {grunn}"),
        REASON,
    ),
    IdeaStatus.FORWARDED: _to_sender(
        "idea-forwarded",
        _("Ideen er sendt videre til prioritering"),
        _("Ideen din «{tittel}» er sendt videre til prioritering.\n\nGrunnen er: {grunn}"),
        REASON,
    ),
    IdeaStatus.APPROVED: _to_sender(
        "idea-approved",
        _("Ideen er godkjent"),
        _(
            "{gruppe} har godkjent ideen din «{tittel}». Den blir et prosjekt.\n\n"
            "Grunnen er: {grunn}"
        ),
        REASON,
        Placeholder("gruppe", _("de som har vedtatt det"), _("Rådmannens ledergruppe")),
    ),
    IdeaStatus.POSTPONED: _to_sender(
        "idea-postponed",
        _("Ideen er utsatt"),
        _("Ideen din «{tittel}» er utsatt til {dato}.\n\nGrunnen er: {grunn}"),
        REASON,
        Placeholder("dato", _("dagen ideen tas opp igjen"), _("1. mars 2027")),
        Placeholder("år", _("året ideen er utsatt til"), "2027"),
    ),
    IdeaStatus.REJECTED: _to_sender(
        "idea-rejected",
        _("Ideen er ikke videreført"),
        _("Vi går ikke videre med ideen din «{tittel}».\n\nGrunnen er: {grunn}"),
        REASON,
    ),
    IdeaStatus.RETURNED: _to_sender(
        "idea-returned",
        _("Ideen må utredes mer"),
        _("Ideen din «{tittel}» må utredes mer før den kan vedtas.\n\nGrunnen er: {grunn}"),
        REASON,
    ),
    IdeaStatus.LINE: _to_sender(
        "idea-line",
        _("Ideen blir gjort i linja"),
        _(
            "{enhet} gjør noe med ideen din «{tittel}». Den trenger ikke å bli et prosjekt.\n\n"
            "Grunnen er: {grunn}"
        ),
        REASON,
        UNIT,
        read_first=True,
    ),
    IdeaStatus.IN_PROJECT: _to_sender(
        "idea-in-project",
        _("Ideen er tatt inn i et prosjekt"),
        _("Ideen din «{tittel}» er tatt inn i et prosjekt som er i gang.\n\nGrunnen er: {grunn}"),
        REASON,
        read_first=True,
    ),
    IdeaStatus.PARKED: _to_sender(
        "idea-parked",
        _("Ideen er lagt på vent"),
        _("Ideen din «{tittel}» er lagt på vent til {dato}.\n\nGrunnen er: {grunn}"),
        REASON,
        Placeholder("dato", _("dagen ideen tas opp igjen"), _("1. mars 2027")),
        read_first=True,
    ),
    IdeaStatus.DECLINED: _to_sender(
        "idea-declined",
        _("Vi går ikke videre med ideen"),
        _("Vi går ikke videre med ideen din «{tittel}».\n\nGrunnen er: {grunn}"),
        REASON,
        read_first=True,
    ),
    IdeaStatus.MERGED: _to_sender(
        "idea-together",
        _("Ideen er slått sammen med en annen igjen"),
        _("Ideen din «{tittel}» er slått sammen med en annen som likner.\n\nGrunnen er: {grunn}"),
        REASON,
    ),
    IdeaStatus.SPLIT: _to_sender(
        "idea-in-parts",
        _("Ideen er delt igjen"),
        _(
            "Ideen din «{tittel}» er delt i flere, som vurderes hver for seg.\n\n"
            "Grunnen er: {grunn}"
        ),
        REASON,
    ),
    IdeaStatus.WITHDRAWN: _to_sender(
        "idea-withdrawn",
        _("Ideen er trukket"),
        _("Ideen din «{tittel}» er trukket.\n\nGrunnen er: {grunn}"),
        REASON,
    ),
}

MERGED = _to_sender(
    "idea-merged",
    _("Ideen er slått sammen med en annen"),
    _(
        "Ideen din «{tittel}» er slått sammen med «{annen}» ({annen_kode}), som likner. Du får "
        "beskjed når det skjer noe med den.\n\nGrunnen er: {grunn}"
    ),
    REASON,
    OTHER_TITLE,
    OTHER_CODE,
)
JOINED = _to_sender(
    "idea-joined",
    _("En annen idé er slått sammen med ideen"),
    _(
        "Ideen «{annen}» ({annen_kode}) likner på din, og er slått sammen med den. Din idé "
        "«{tittel}» står som før.\n\nGrunnen er: {grunn}"
    ),
    REASON,
    OTHER_TITLE,
    OTHER_CODE,
)
UNMERGED = _to_sender(
    "idea-unmerged",
    _("En sammenslåing er angret"),
    _(
        "Ideen din «{tittel}» er ikke lenger slått sammen med «{annen}» ({annen_kode}). De "
        "vurderes hver for seg.\n\nGrunnen er: {grunn}"
    ),
    REASON,
    OTHER_TITLE,
    OTHER_CODE,
)
PARTED = _to_sender(
    "idea-parted",
    _("Ideen er delt i flere"),
    _(
        "Ideen din «{tittel}» handler om flere ting, så vi har delt den i {antall}:\n{deler}\n\n"
        "Du får beskjed om hver av dem.\n\nGrunnen er: {grunn}"
    ),
    REASON,
    Placeholder("antall", _("hvor mange den er delt i"), "2"),
    Placeholder("deler", _("delene, én på hver linje"), _("– Svar på søknader\n– Kø på telefonen")),
)
LINE_PERSON = MailKind(
    "idea-line-person",
    _("Til den som skal gjøre noe med ideen i linja"),
    group=INSIDE,
    subject=_("Du har fått en idé å gjøre noe med: {tittel}"),
    body=_(
        "Hei.\n\n{enhet} gjør noe med ideen «{tittel}», og du er satt opp som den som tar den. "
        "Den som sendte ideen, har fått denne beskjeden:\n\n{grunn}\n\n{lenke}\n"
    ),
    placeholders=(TITLE, UNIT, REASON, LINK),
)
CORRECTED = _to_sender(
    "idea-corrected",
    _("Vedtaket om ideen er rettet"),
    _(
        "Vi har rettet vedtaket om ideen din «{tittel}». Det er nå: {vedtak}.\n\n"
        "Grunnen er: {grunn}\n\nDerfor er det rettet: {rettelse}"
    ),
    REASON,
    Placeholder("vedtak", _("vedtaket slik det er nå"), _("Utsatt til 1. mars 2027")),
    Placeholder(
        "rettelse",
        _("hvorfor det er rettet"),
        _("Datoen var skrevet feil."),
        is_required=True,
    ),
)
NEWS = MailKind(
    "idea-news", _("Annet nytt om ideen"), group=TO_SENDER, subject=_("Nytt om ideen din")
)

OWN_LINK = MailKind(
    "idea-own-link",
    _("Lenka til din egen side om ideen"),
    group=TO_SENDER,
    subject=_("Lenka til ideen din ({kode})"),
    body=_(
        "Du ba om å få tilsendt lenka til ideen «{tittel}». Var det ikke deg, trenger du ikke "
        "gjøre noe."
    ),
    placeholders=(TITLE, CODE),
    frame=FRAME,
    is_secret=True,
)
CONFIRM = MailKind(
    "idea-follow-confirm",
    _("Bekreft at du vil følge ideen"),
    group=TO_FOLLOWER,
    subject=_("Bekreft at du vil følge ideen: {tittel}"),
    body=_(
        "Hei.\n\nNoen har bedt om at du får e-post når det skjer noe med ideen «{tittel}». Var det "
        "deg, bekrefter du her: {lenke}\n\nVar det ikke deg, trenger du ikke gjøre noe. Da sender "
        "vi ikke mer, og sletter adressen om {dager} dager.\n\n"
        "Hilsen digitaliseringsteamet i {kommune}"
    ),
    placeholders=(
        TITLE,
        CODE,
        LINK,
        Placeholder("dager", _("dager til adressen slettes"), "7"),
        MUNICIPALITY,
    ),
    is_secret=True,
)
FOLLOWED = MailKind(
    "idea-followed",
    _("Nytt om en idé noen følger"),
    group=TO_FOLLOWER,
    subject=_("Nytt om ideen: {tittel}"),
    body=_("{nytt}"),
    placeholders=(
        TITLE,
        CODE,
        Placeholder(
            "nytt",
            _("det som har skjedd"),
            _("Ideen «Svar på søknader» er nå «Godkjent».\n\nGrunnen er: Mange spør om det."),
            is_required=True,
        ),
    ),
    frame=FOLLOWER_FRAME,
)

KINDS: tuple[MailKind, ...] = (
    FRAME,
    FOLLOWER_FRAME,
    OWN_LINK,
    CONFIRM,
    FOLLOWED,
    RECEIVED,
    REPLY,
    *STATUS.values(),
    MERGED,
    JOINED,
    UNMERGED,
    PARTED,
    CORRECTED,
    NEWS,
    LINE_PERSON,
)
