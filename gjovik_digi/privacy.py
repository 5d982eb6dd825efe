"""Every kind of personal data: its purpose and its end.

The privacy page is made of this, and the nightly job goes through it (gjovik_digi/forgetting.py).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import ideas.actions
import maturity.actions.groups
import projects.actions
import workshops.actions
from benefits.actions.portfolio import (
    forget_portfolio_files as forget_benefits_portfolio_files,
)
from benefits.models import PortfolioFile as BenefitsPortfolioFile
from core import imports, outbox, rate
from ideas.models import IdeaContact, Subscription
from maturity.models import Respondent
from projects.actions.portfolio import forget_portfolio_files
from projects.models import PortfolioFile
from workshops.models import Participant

YEARS = IdeaContact.KEPT_DAYS // 365


@dataclass(frozen=True)
class Kind:
    """`fields` are the columns it stands in. `forget` removes what has expired, and counts it."""

    key: str
    what: Any
    purpose: Any
    kept: Any
    fields: tuple[str, ...] = ()
    forget: Callable[[dt.datetime], int] | None = None


def _day(at: dt.datetime) -> dt.date:
    return timezone.localdate(at)


def _forget_sessions(at: dt.datetime) -> int:
    count, _rows = Session.objects.filter(expire_date__lte=at).delete()
    return count


KINDS = [
    Kind(
        key="idea-contact",
        what=_("E-posten du legger igjen med en idé"),
        purpose=IdeaContact.PURPOSE,
        kept=_(
            "Slettes av seg selv {years} år etter at du sendte ideen. Ideen blir stående."
        ).format(years=YEARS),
        fields=("ideas.IdeaContact.email",),
        forget=lambda at: ideas.actions.forget_contacts(on=_day(at)),
    ),
    Kind(
        key="subscription",
        what=_("E-posten du følger en idé med"),
        purpose=Subscription.PURPOSE,
        kept=_(
            "Slettes {years} år etter at du bekreftet den, eller når du melder deg av. Bekrefter "
            "du den ikke, slettes den etter {days} dager."
        ).format(years=Subscription.KEPT_DAYS // 365, days=Subscription.CONFIRM_DAYS),
        fields=("ideas.Subscription.email",),
        forget=lambda at: ideas.actions.forget_followers(on=_day(at)),
    ),
    Kind(
        key="submitter",
        what=_("Om du er innbygger, ansatt, leder, politiker eller fra næringslivet"),
        purpose=_("Se om alle grupper blir hørt."),
        kept=_("Står sammen med ideen. Det kan ikke føres tilbake til deg."),
    ),
    Kind(
        key="idea-text",
        what=_("Teksten i ideen"),
        purpose=_("Vurdere ideen. Teamet leser den før den blir publisert."),
        kept=_("Beholdes. Står det noe personlig i den, tar vi det bort når du sier fra."),
    ),
    Kind(
        key="comment",
        what=_("Det du skriver i en kommentar til en idé"),
        purpose=_("Vise hva flere mener. Teamet leser kommentaren før andre ser den."),
        kept=_("Beholdes sammen med ideen, uten navn. Står det noe personlig, tar vi det bort."),
    ),
    Kind(
        key="support",
        what=_("At du støtter en idé"),
        purpose=_("Telle hver støtte én gang, og la deg ta den tilbake."),
        kept=_(
            "Som et avtrykk av kontoen din, eller av et tilfeldig tall i nettleseren som brukes "
            "bare til dette. Avtrykket beholdes sammen med ideen. Tallet slettes etter ett år, "
            "eller når du tømmer informasjonskapslene."
        ),
        fields=("ideas.Support.key",),
    ),
    Kind(
        key="account",
        what=_("Navn, e-post og roller til ansatte med konto"),
        purpose=_("Logge inn, og vise hvem som har vurdert, bestemt og målt."),
        kept=_(
            "Så lenge arbeidsforholdet varer. Når noen slutter, sletter vi dem: da står det "
            "«Tidligere ansatt» der navnet sto. Vedtatte notater beholder navnet."
        ),
        fields=(
            "municipality.User.email",
            "municipality.User.name",
            "account.EmailAddress.email",
        ),
    ),
    Kind(
        key="deciders",
        what=_("Navn på dem som vedtok et notat"),
        purpose=_("Vise i protokollen hvem som har bestemt."),
        kept=_("Beholdes sammen med vedtakene. Protokollen skal arkiveres."),
        fields=("prioritization.DecisionMeeting.deciders",),
    ),
    Kind(
        key="project-outsider",
        what=_("Navn på folk utenfor kommunen som har en rolle i et prosjekt"),
        purpose=_("Vite hvem som sitter i prosjektet, fra leverandører og andre."),
        kept=_("Slettes ett år etter at prosjektet er slutt. Rollen blir stående uten navn."),
        fields=("projects.RoleHolder.name",),
        forget=lambda at: projects.actions.forget_outsiders(on=_day(at)),
    ),
    Kind(
        key="product-distribution",
        what=_("Navn på dem som har fått et prosjektdokument"),
        purpose=_("Vise hvem som har hvilken versjon, når dokumentet endres."),
        kept=_("Beholdes sammen med dokumentet. Prosjektdokumentene skal arkiveres."),
        fields=("projects.Distribution.to",),
    ),
    Kind(
        key="product-attachment",
        what=_("Filer som legges ved et prosjektdokument"),
        purpose=_("Ta vare på det prosjektet har skrevet utenfor løsningen."),
        kept=_("Til prosjektet tar dem bort, ellers sammen med dokumentet i arkivet."),
        fields=("projects.ProductAttachment.content",),
    ),
    Kind(
        key="calendar",
        what=_("Den hemmelige adressen til prosjektkalenderen din"),
        purpose=_("Vise beslutningspunkter, milepæler og møter i din egen kalender."),
        kept=_("Til du tar den tilbake, eller kontoen din blir slettet."),
        fields=("projects.CalendarFeed.token",),
    ),
    Kind(
        key="portfolio-file",
        what=_("Filer du lager av prosjektporteføljen, med navn på prosjekteiere"),
        purpose=_("Gi ledelsen oversikt over prosjektene."),
        kept=_("Slettes etter {days} dager. Bare du kan laste dem ned.").format(
            days=PortfolioFile.KEPT_DAYS
        ),
        forget=lambda at: forget_portfolio_files(at=at),
    ),
    Kind(
        key="benefits-portfolio-file",
        what=_("Filer du lager av gevinstoversikten, med navn på gevinsteiere"),
        purpose=_("Gi ledelsen oversikt over gevinstene."),
        kept=_("Slettes etter {days} dager. Bare du kan laste dem ned.").format(
            days=BenefitsPortfolioFile.KEPT_DAYS
        ),
        forget=lambda at: forget_benefits_portfolio_files(at=at),
    ),
    Kind(
        key="board",
        what=_("Hvem som var til stede, og hvem som var inhabil, i IKT-styringsrådet"),
        purpose=_("Vise i referatet hvem som avgjorde hver sak."),
        kept=_("Beholdes sammen med sakene. Referatet skal arkiveres."),
        fields=("projects.Attendance.member", "projects.BoardRecusal.reason"),
    ),
    Kind(
        key="respondent",
        what=_("Navn og e-post til medlemmer av en sektors ledergruppe"),
        purpose=_(
            "Invitere dem til å svare i modenhetsmålingen, minne dem på det, og vise ledergruppa "
            "hvem som mener hva når den skal bli enig."
        ),
        kept=_("Slettes {days} dager etter siste svardag. Nivåene blir stående uten navn.").format(
            days=Respondent.KEPT_DAYS
        ),
        fields=(
            "maturity.Respondent.name",
            "maturity.Respondent.email",
            "maturity.Respondent.nonce",
        ),
        forget=lambda at: maturity.actions.groups.forget_respondents(on=_day(at)),
    ),
    Kind(
        key="measuring-link",
        what=_("Lenken du får på e-post når du skal måle en gevinst"),
        purpose=_("La deg skrive inn ett tall uten å logge inn."),
        kept=_(
            "Lenken virker én gang, og i høyst én måned. Hvem som ble spurt, beholdes sammen med "
            "tallet."
        ),
        fields=("benefits.MeasuringRequest.nonce", "benefits.MeasuringRequest.to"),
    ),
    Kind(
        key="measurement-file",
        what=_("Filer som legges ved en måling"),
        purpose=_("Vise hva tallet bygger på."),
        kept=_("Beholdes sammen med tallet. Bare de som arbeider med prosjektet, ser dem."),
        fields=("benefits.MeasurementFile.content",),
    ),
    Kind(
        key="workshop-key",
        what=_("En nøkkel på telefonen din når du er med i et verksted"),
        purpose=Participant.PURPOSE,
        kept=_(
            "Slettes {days} dager etter at du ble med. Lappene og stemmene blir stående, og kan "
            "ikke føres tilbake til deg."
        ).format(days=Participant.KEPT_DAYS),
        fields=("workshops.Participant.key_hash",),
        forget=lambda at: workshops.actions.forget_keys(on=_day(at)),
    ),
    Kind(
        key="kept-typing",
        what=_("Det du skriver i et skjema før det er lagret"),
        purpose=_("Ikke miste det når nettet faller ut eller du blir logget ut."),
        kept=_(
            "Ligger bare i nettleseren din. Slettes når det er lagret, når du logger ut, og etter "
            "sju dager."
        ),
    ),
    Kind(
        key="mail",
        what=_("E-poster vi sender"),
        purpose=_("Lese over dem før de går, og sende dem på nytt hvis e-posttjenesten er nede."),
        kept=_(
            "Slettes {days} dager etter at de er sendt eller forkastet. De som aldri ble sendt, "
            "slettes etter {unsent} dager."
        ).format(days=outbox.KEPT.days, unsent=outbox.UNSENT_KEPT.days),
        fields=("core.OutgoingMail.to", "core.OutgoingMail.link"),
        forget=lambda at: outbox.forget(at=at),
    ),
    Kind(
        key="upload",
        what=_("Filer du laster opp"),
        purpose=_("Vise deg hva som blir endret, før du bekrefter."),
        kept=_("Slettes etter ett døgn. Det du bekrefter, blir stående med navnet ditt."),
        fields=("core.StagedImport.payload",),
        forget=lambda at: imports.forget(at=at),
    ),
    Kind(
        key="address",
        what=_("Nettadressen (IP) du sender fra"),
        purpose=_("Merke når noen sender svært mye på en gang, og bremse dem."),
        kept=_("Bare som et avtrykk vi ikke kan lese adressen ut av. Slettes etter ett døgn."),
        fields=("core.AddressCount.address",),
        forget=lambda at: rate.forget(at=at),
    ),
    Kind(
        key="closed-year",
        what=_("Poeng, svar og vedtak som fryses når et år lukkes"),
        purpose=_("Vise at resultatene kan regnes ut på nytt, og at ingen har endret dem."),
        kept=_(
            "Beholdes, uten navn. Den som satte poeng, er et nummer i runden, og teksten i ideene "
            "står bare som et fingeravtrykk."
        ),
    ),
    Kind(
        key="attachment",
        what=_("Filer du legger ved en idé"),
        purpose=_("Vise hva du mener. Vi fjerner sted, tid og kamera fra bildene."),
        kept=_("Beholdes sammen med ideen. Det du ikke rekker å sende, slettes etter ett døgn."),
        fields=("ideas.Attachment.content", "ideas.StagedAttachment.content"),
        forget=lambda at: ideas.actions.forget_staged(at=at),
    ),
    Kind(
        key="cookies",
        what=_("Informasjonskapsler"),
        purpose=_(
            "Holde deg innlogget, verne skjemaene, huske lyst eller mørkt, og telle støtten din "
            "én gang."
        ),
        kept=_(
            "Til du logger ut. Fargevalget og støtten i ett år. Støtten bare hvis du støtter noe. "
            "Ingen sporing."
        ),
        fields=("sessions.Session.session_data",),
        forget=_forget_sessions,
    ),
]
