"""The mails about benefits."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from benefits.mail_kinds import MEASURED, OWNER
from benefits.models import Benefit, Measurement
from core.formatting import quantity, share
from core.mail_templates import letter
from core.notifications import queue_mail
from projects.notifications import tell_about_ideas


def tell_sender_measured(measurement: Measurement, *, progress: Decimal | None) -> None:
    """The first number that came of an idea, to those who sent and follow it."""
    benefit = measurement.benefit
    walked = ""
    if progress is not None:
        walked = _("{share} av veien er gått.").format(share=share(progress))
    text = letter(
        MEASURED,
        prosjekt=benefit.project.name,
        gevinst=benefit.name,
        nå=quantity(measurement.value, benefit.unit),
        før=quantity(benefit.baseline, benefit.unit),
        mål=quantity(benefit.target, benefit.unit),
        framdrift=walked,
    )
    news = _(
        "Det som kom av ideen, er målt: {name}. Tallet er {now}, mot {before} før. Målet er "
        "{target}. {walked}"
    ).format(
        name=benefit.name,
        now=quantity(measurement.value, benefit.unit),
        before=quantity(benefit.baseline, benefit.unit),
        target=quantity(benefit.target, benefit.unit),
        walked=walked,
    )
    tell_about_ideas(benefit.project, text, news.rstrip())


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
