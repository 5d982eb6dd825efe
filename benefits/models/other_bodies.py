"""The other public body that a benefit comes to good for (Difi's table D)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.benefits import Benefit
from core.models import Versioned


class OtherBody(Versioned):
    """Who they are, whom to talk to there, and since when they have taken part."""

    benefit = models.OneToOneField(
        Benefit, verbose_name=_("gevinst"), on_delete=models.CASCADE, related_name="other_body"
    )
    name = models.CharField(_("virksomhet"), max_length=160, help_text=_("Slik: NAV Innlandet"))
    contact = models.CharField(
        _("kontakt"),
        max_length=160,
        blank=True,
        help_text=_("En rolle eller enhet, ikke navnet på en person. Slik: avdelingsleder"),
    )
    involved_on = models.DateField(_("med fra"), null=True, blank=True)

    class Meta:
        verbose_name = _("annen offentlig virksomhet")
        verbose_name_plural = _("andre offentlige virksomheter")

    def __str__(self) -> str:
        return self.name
