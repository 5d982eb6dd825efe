"""Every kind of personal data: its purpose and its end. The privacy page is made of this."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ideas.models import IdeaContact
from maturity.models import Respondent
from workshops.models import Participant

YEARS = IdeaContact.KEPT_DAYS // 365


@dataclass(frozen=True)
class Kind:
    what: Any
    purpose: Any
    kept: Any


KINDS = [
    Kind(
        what=_("E-posten du legger igjen med en idé"),
        purpose=IdeaContact.PURPOSE,
        kept=_(
            "Slettes av seg selv {years} år etter at du sendte ideen. Ideen blir stående."
        ).format(years=YEARS),
    ),
    Kind(
        what=_("Om du er innbygger, ansatt, leder, politiker eller fra næringslivet"),
        purpose=_("Se om alle grupper blir hørt."),
        kept=_("Står sammen med ideen. Det kan ikke føres tilbake til deg."),
    ),
    Kind(
        what=_("Teksten i ideen"),
        purpose=_("Vurdere ideen. Teamet leser den før den blir publisert."),
        kept=_("Beholdes. Står det noe personlig i den, tar vi det bort når du sier fra."),
    ),
    Kind(
        what=_("Navn, e-post og roller til ansatte med konto"),
        purpose=_("Logge inn, og vise hvem som har vurdert, bestemt og målt."),
        kept=_("Så lenge arbeidsforholdet varer. Vedtak og målinger beholder navnet."),
    ),
    Kind(
        what=_("Navn og e-post til medlemmer av en sektors ledergruppe"),
        purpose=_(
            "Invitere dem til å svare i modenhetsmålingen, minne dem på det, og vise ledergruppa "
            "hvem som mener hva når den skal bli enig."
        ),
        kept=_("Slettes {days} dager etter siste svardag. Nivåene blir stående uten navn.").format(
            days=Respondent.KEPT_DAYS
        ),
    ),
    Kind(
        what=_("En nøkkel på telefonen din når du er med i et verksted"),
        purpose=Participant.PURPOSE,
        kept=_(
            "Slettes {days} dager etter at du ble med. Lappene og stemmene blir stående, og kan "
            "ikke føres tilbake til deg."
        ).format(days=Participant.KEPT_DAYS),
    ),
    Kind(
        what=_("Det du skriver i et skjema før det er lagret"),
        purpose=_("Ikke miste det når nettet faller ut eller du blir logget ut."),
        kept=_(
            "Ligger bare i nettleseren din. Slettes når det er lagret, når du logger ut, og etter "
            "sju dager."
        ),
    ),
    Kind(
        what=_("Utsendte e-poster"),
        purpose=_("Sende dem på nytt hvis e-posttjenesten er nede."),
        kept=_("Slettes 90 dager etter at de er sendt."),
    ),
    Kind(
        what=_("Filer du laster opp"),
        purpose=_("Vise deg hva som blir endret, før du bekrefter."),
        kept=_("Slettes etter ett døgn. Det du bekrefter, blir stående med navnet ditt."),
    ),
    Kind(
        what=_("Nettadressen (IP) du sender fra"),
        purpose=_("Merke når noen sender svært mye på en gang, og bremse dem."),
        kept=_("Bare som et avtrykk vi ikke kan lese adressen ut av. Slettes etter ett døgn."),
    ),
    Kind(
        what=_("Filer du legger ved en idé"),
        purpose=_("Vise hva du mener. Vi fjerner sted, tid og kamera fra bildene."),
        kept=_(
            "Beholdes sammen med ideen. Det du ikke rekker å sende, slettes etter ett døgn."
        ),
    ),
    Kind(
        what=_("Informasjonskapsler"),
        purpose=_("Holde deg innlogget, verne skjemaene og huske lyst eller mørkt."),
        kept=_("Til du logger ut. Fargevalget i ett år. Ingen sporing."),
    ),
]
