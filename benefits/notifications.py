"""The mails about benefits."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from benefits.models import Benefit, Measurement
from core.formatting import quantity, share
from core.notifications import queue_mail
from ideas.notifications import tell_sender


def tell_sender_measured(measurement: Measurement, *, progress: Decimal | None) -> None:
    """The first number that came of an idea, to the one who sent it."""
    benefit = measurement.benefit
    sentences = [
        _("Det som kom av ideen din, er målt: {name}.").format(name=benefit.name),
        _("Tallet er {now}, mot {before} før. Målet er {target}.").format(
            now=quantity(measurement.value, benefit.unit),
            before=quantity(benefit.baseline, benefit.unit),
            target=quantity(benefit.target, benefit.unit),
        ),
    ]
    if progress is not None:
        sentences.append(_("{share} av veien er gått.").format(share=share(progress)))
    sentences.append(_("Takk for at du sa fra."))
    tell_sender(
        benefit.project.idea,
        subject=_("Ideen din er målt: {name}").format(name=benefit.project.name),
        body=" ".join(sentences),
    )


def tell_owner_named(benefit: Benefit) -> None:
    """To whoever becomes the owner of a benefit without having written it."""
    queue_mail(
        to=benefit.owner.email,
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
