"""The mails about benefits."""

from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.mail_kinds import MEASURED, OWNER, RESPONSIBILITY, TARGET_REACHED
from benefits.measuring_words import progress_sentence
from benefits.models import Benefit, Measurement
from core.formatting import quantity
from core.mail_templates import letter
from core.notifications import queue_mail
from municipality.models import User
from projects.models import Project
from projects.notifications import tell_about_ideas


def tell_sender_measured(measurement: Measurement, *, progress: Decimal | None) -> None:
    """The first number that came of an idea, to those who sent and follow it."""
    benefit, indicator = measurement.indicator.benefit, measurement.indicator
    walked = "" if progress is None else progress_sentence(progress)
    text = letter(
        MEASURED,
        prosjekt=benefit.project.name,
        gevinst=benefit.name,
        nå=quantity(measurement.value, indicator.unit),
        før=quantity(indicator.baseline, indicator.unit),
        mål=quantity(indicator.target, indicator.unit),
        framdrift=walked,
    )
    news = _(
        "Det som kom av ideen, er målt: {name}. Tallet er {now}, mot {before} før. Målet er "
        "{target}. {walked}"
    ).format(
        name=benefit.name,
        now=quantity(measurement.value, indicator.unit),
        before=quantity(indicator.baseline, indicator.unit),
        target=quantity(indicator.target, indicator.unit),
        walked=walked,
    )
    tell_about_ideas(benefit.project, text, news.rstrip())


def tell_sender_reached(measurement: Measurement) -> None:
    """The target of what came of an idea is reached, to those who sent and follow it."""
    benefit, indicator = measurement.indicator.benefit, measurement.indicator
    numbers = {
        "gevinst": benefit.name,
        "nå": quantity(measurement.value, indicator.unit),
        "før": quantity(indicator.baseline, indicator.unit),
        "mål": quantity(indicator.target, indicator.unit),
    }
    news = _("Målet er nådd. {gevinst}: {nå}, mot {før} før. Målet var {mål}.").format(**numbers)
    text = letter(TARGET_REACHED, prosjekt=benefit.project.name, **numbers)
    tell_about_ideas(benefit.project, text, news)


def tell_owner_named(benefit: Benefit) -> None:
    """To whoever becomes the owner of a benefit without having written it."""
    queue_mail(
        to=benefit.owner.email,
        kind=OWNER,
        subject=_("Du er gevinsteier: {name}").format(name=benefit.name),
        body=_(
            "Hei.\n\nDu eier gevinsten «{name}» i prosjektet «{project}». Vi sier fra på «Min "
            "side» når den skal måles.\n\n{url}\n"
        ).format(
            name=benefit.name,
            project=benefit.project,
            url=settings.SITE_URL + benefit.get_absolute_url(),
        ),
    )


def tell_owner_of_several(owner: User, project: Project, *, count: int) -> None:
    """To whoever was given benefits by a workbook that somebody else took in."""
    benefits = ngettext("én gevinst", "{count} gevinster", count).format(count=count)
    queue_mail(
        to=owner.email,
        kind=OWNER,
        subject=_("Du er gevinsteier i «{project}»").format(project=project),
        body=_(
            "Hei.\n\nDu eier {benefits} i prosjektet «{project}». Vi sier fra på «Min side» når de "
            "skal måles.\n\n{url}\n"
        ).format(
            benefits=benefits,
            project=project,
            url=settings.SITE_URL + reverse("benefits:register", args=[project.pk]),
        ),
    )


def tell_responsibility_asked(benefit: Benefit, *, by: User) -> None:
    """To the one who is asked to answer for a benefit after the project."""
    _tell(
        benefit.responsible,
        benefit,
        subject=_("Vil du ha ansvaret for gevinsten «{name}»?").format(name=benefit),
        text=_(
            "{who} spør om du vil ha ansvaret for å måle og hente ut gevinsten «{name}» når "
            "prosjektet «{project}» er slutt. Svar ja eller nei her:"
        ).format(who=by, name=benefit, project=benefit.project),
    )


def tell_responsibility_taken(benefit: Benefit) -> None:
    """To the owner of the project, who asked."""
    _tell(
        benefit.project.owner,
        benefit,
        subject=_("{who} har tatt ansvaret for «{name}»").format(
            who=benefit.responsible, name=benefit
        ),
        text=_("{who} svarer for gevinsten «{name}» fra nå av.").format(
            who=benefit.responsible, name=benefit
        ),
    )


def tell_responsibility_declined(benefit: Benefit, *, by: User) -> None:
    """To the owner of the project, who has it again."""
    _tell(
        benefit.project.owner,
        benefit,
        subject=_("{who} sa nei til ansvaret for «{name}»").format(who=by, name=benefit),
        text=_(
            "{who} sa nei til å svare for gevinsten «{name}»:\n\n{reason}\n\nTa ansvaret selv, "
            "eller spør en annen:"
        ).format(who=by, name=benefit, reason=benefit.responsibility_declined),
    )


def _tell(person: User | None, benefit: Benefit, *, subject: str, text: str) -> None:
    if person is None:
        return
    url = settings.SITE_URL + reverse("benefits:responsibility", args=[benefit.pk])
    body = _("Hei.\n\n{text}\n\n{url}\n").format(text=text, url=url)
    queue_mail(to=person.email, kind=RESPONSIBILITY, subject=subject, body=body)
