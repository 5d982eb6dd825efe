"""The mails about the products of a project."""

from django.conf import settings
from django.utils.translation import gettext as _

from core.notifications import queue_mail
from municipality.models import User
from projects.mail_kinds import WORK
from projects.models import Product, ProductVersion


def _mail(person: User, *, subject: str, body: str, product: Product) -> None:
    text = f"{body}\n\n{settings.SITE_URL}{product.get_absolute_url()}\n"
    queue_mail(to=person.email, subject=subject, body=text, kind=WORK)


def tell_owner_to_approve(version: ProductVersion) -> None:
    product = version.product
    _mail(
        product.project.owner,
        subject=_("Til godkjenning: {product}").format(product=product),
        body=_(
            "Hei.\n\n{who} ber deg godkjenne «{name}» i prosjektet «{project}», versjon {n}.\n\n"
            "Endret: {change}"
        ).format(
            who=version.made_by,
            name=product.template,
            project=product.project,
            n=version.number,
            change=version.change,
        ),
        product=product,
    )


def tell_maker_decided(version: ProductVersion) -> None:
    product = version.product
    if version.approved_at:
        subject = _("Godkjent: {product}").format(product=product)
        answer = _("Versjon {n} er godkjent.").format(n=version.number)
    else:
        subject = _("Gitt tilbake: {product}").format(product=product)
        answer = _("Versjon {n} er gitt tilbake. Grunnen er: {reason}").format(
            n=version.number, reason=version.return_reason
        )
    body = _("Hei.\n\n{owner} har sett på «{name}» i prosjektet «{project}».\n\n{answer}").format(
        owner=product.project.owner,
        name=product.template,
        project=product.project,
        answer=answer,
    )
    _mail(version.made_by, subject=subject, body=body, product=product)
