"""Those who want to be told: apart from the idea, each with a purpose and an end."""

import secrets

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


def new_token() -> str:
    return secrets.token_urlsafe(24)


class IdeaContact(models.Model):
    """How to reach a sender who asked to be told. Apart from the idea, with its own end."""

    PURPOSE = _("Svare den som sendte ideen, og si fra når noe skjer med den.")
    KEPT_DAYS = 730

    idea = models.OneToOneField(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="contact"
    )
    email = models.EmailField(_("e-post"))
    delete_on = models.DateField(_("slettes"), db_index=True)

    class Meta:
        verbose_name = _("kontaktopplysning")
        verbose_name_plural = _("kontaktopplysninger")

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """Somebody who follows an idea by e-mail. Nothing is sent before the address is confirmed.

    One that nobody confirms is deleted after `CONFIRM_DAYS`.
    """

    PURPOSE = _("Si fra på e-post når noe skjer med en idé du følger.")
    KEPT_DAYS = 730
    CONFIRM_DAYS = 7

    idea = models.ForeignKey(
        Idea, verbose_name=_("idé"), on_delete=models.CASCADE, related_name="subscriptions"
    )
    email = models.EmailField(_("e-post"))
    token = models.CharField(_("nøkkel"), max_length=40, unique=True, default=new_token)
    requested_at = models.DateTimeField(_("bedt om"))
    confirmed_at = models.DateTimeField(_("bekreftet"), null=True, blank=True)
    delete_on = models.DateField(_("slettes"), db_index=True)

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnementer")
        constraints = [
            models.UniqueConstraint(
                "idea", Lower("email"), name="%(app_label)s_%(class)s_once_per_address"
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
