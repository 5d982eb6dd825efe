"""How sure a ranking is: a run of many draws, and each idea's places in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.made_files import FileStatus, MadeFile, MadeFileQuerySet
from prioritization.models.entries import Entry
from prioritization.models.rounds import Round


class RobustnessRun(MadeFile):
    """One computation by a worker. Its `content` is the result as JSON; it changes no ranking."""

    WHEN_FAILED = _("Noe gikk galt hos oss da vi regnet. Poengene og rangeringen er som før.")
    WHEN_GIVEN_UP = _("Vi ble ikke ferdige med å regne etter tre forsøk.")

    round = models.ForeignKey(
        Round, verbose_name=_("runde"), on_delete=models.CASCADE, related_name="robustness_runs"
    )
    draws = models.PositiveIntegerField(_("antall forsøk"), default=10_000)
    span = models.PositiveSmallIntegerField(_("vektene endres inntil (poeng)"), default=10)
    top = models.PositiveIntegerField(_("så mange er det plass til"))
    fingerprint = models.CharField(_("svarene den bygger på"), max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bestilt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MadeFileQuerySet["RobustnessRun"].as_manager()

    class Meta(MadeFile.Meta):
        verbose_name = _("beregning av hvor sikker rekkefølgen er")
        verbose_name_plural = _("beregninger av hvor sikker rekkefølgen er")
        ordering = ["round", "-pk"]
        constraints = [
            *MadeFile.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(draws__gte=100, draws__lte=100_000),
                name="%(app_label)s_%(class)s_draws_are_100_to_100000",
            ),
            models.CheckConstraint(
                condition=models.Q(span__lte=50), name="%(app_label)s_%(class)s_span_is_0_to_50"
            ),
            models.CheckConstraint(
                condition=models.Q(top__gte=1), name="%(app_label)s_%(class)s_top_is_1_or_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.round}"

    @property
    def is_waiting(self) -> bool:
        """No worker has begun, so the answers it is to rest on are not read yet."""
        return self.status == FileStatus.QUEUED and self.started_at is None


class RankRange(models.Model):
    """Where one idea stands when weights and scorers vary: its places, and how often in the top."""

    run = models.ForeignKey(
        RobustnessRun, verbose_name=_("beregning"), on_delete=models.CASCADE, related_name="ranges"
    )
    entry = models.ForeignKey(
        Entry, verbose_name=_("idé i runden"), on_delete=models.CASCADE, related_name="ranges"
    )
    lowest = models.PositiveIntegerField(_("beste plass i 90 % av forsøkene"))
    highest = models.PositiveIntegerField(_("dårligste plass i 90 % av forsøkene"))
    top_share = models.DecimalField(_("andel i topp"), max_digits=5, decimal_places=4)
    band = models.PositiveIntegerField(_("gruppe av nesten like"))

    class Meta:
        verbose_name = _("plassene til en idé")
        verbose_name_plural = _("plassene til ideene")
        constraints = [
            models.UniqueConstraint(fields=["run", "entry"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=models.Q(top_share__gte=0, top_share__lte=1),
                name="%(app_label)s_%(class)s_share_is_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.lowest}–{self.highest}"
