"""The benefit itself: what is promised, to whom, and how it is taken out.

The fields serve the four vocabularies of the field at once (domain.md §4.1): DFØ's, KS's, KommIT's
and Difi's.
"""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.models.indicators import WARN_BEFORE, BenefitState, Evidence, Indicator
from core.models import TimeStamped, Versioned
from municipality.models import StrategyGoal
from projects.models import Project


class BenefitKind(models.TextChoices):
    """Gevinsttype. Kroner, årsverk and quality are never added together (domain.md §4.1)."""

    DIRECT = "direct", _("Økonomisk – direkte")
    TIME = "time", _("Frigjort tid")
    AVOIDED = "avoided", _("Unngått kostnad")
    QUALITY = "quality", _("Kvalitet")


# Those that are counted in kroner, and the one that is counted in årsverk.
IN_KRONER = (BenefitKind.DIRECT, BenefitKind.AVOIDED)
IN_PERSON_YEARS = (BenefitKind.TIME,)


class Receiver(models.TextChoices):
    """Mottaker: who gets the benefit."""

    OWN = "own", _("Egen virksomhet")
    PUBLIC = "public", _("Andre offentlige virksomheter")
    CITIZENS = "citizens", _("Innbyggere")
    BUSINESS = "business", _("Næringsliv")


class BenefitUse(models.TextChoices):
    """Uttak: what the benefit is used for (Difi's table C)."""

    BUDGET = "budget", _("Budsjettreduksjon")
    QUALITY = "quality", _("Kvalitetsforbedring")
    SERVICE = "service", _("Tjenesteutvikling")
    COMPETENCE = "competence", _("Kompetansebygging")
    OTHER = "other", _("Annet")


class Importance(models.IntegerChoices):
    """Betydning 1–5 of KommIT's workbook; Difi's lav, moderat, høy are `Benefit.weight`."""

    LOWEST = 1, _("1 – svært liten")
    LOW = 2, _("2 – liten")
    MODERATE = 3, _("3 – moderat")
    HIGH = 4, _("4 – stor")
    HIGHEST = 5, _("5 – svært stor")


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def for_list(self) -> "BenefitQuerySet":
        return self.with_project().order_by("name", "pk")

    def visible_to(self, user: Any) -> "BenefitQuerySet":
        """Those of projects that the person may see."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def with_project(self) -> "BenefitQuerySet":
        return self.select_related("main", "project__sector", "project__idea", "owner")

    def in_other_bodies(self) -> "BenefitQuerySet":
        """Those with amounts that another public body gets: Difi's table D."""
        return self.filter(receiver=Receiver.PUBLIC).exclude(kind=BenefitKind.QUALITY)

    def due(self, on: dt.date) -> "BenefitQuerySet":
        """Those whose owner should measure now, longest overdue first."""
        return self.filter(main__next_measurement_on__lte=on + WARN_BEFORE).order_by(
            "main__next_measurement_on", "pk"
        )

    def asked(self, user: Any) -> "BenefitQuerySet":
        """Those that the person is asked to answer for after the project, and has not answered."""
        waiting = self.filter(responsible=user, responsibility_accepted_at=None)
        return waiting.filter(project__ending="")

    def measured(self) -> "BenefitQuerySet":
        return self.filter(main__latest_value__isnull=False)

    def counts(self) -> dict[str, int]:
        """How many there are, how many are measured, and how those stand."""
        on_plan = [BenefitState.ON_TRACK, BenefitState.AHEAD]
        return self.aggregate(
            total=models.Count("pk"),
            measured=models.Count("pk", filter=models.Q(main__latest_value__isnull=False)),
            on_plan=models.Count("pk", filter=models.Q(main__state__in=on_plan)),
            behind=models.Count("pk", filter=models.Q(main__state=BenefitState.BEHIND)),
        )

    def half_way(self) -> "BenefitQuerySet":
        """Those whose last measurement is at least half of the way from baseline to target."""
        middle = models.F("main__baseline") + models.F("main__target")
        doubled = models.F("main__latest_value") * 2
        up = models.Q(main__target__gt=models.F("main__baseline"), doubled__gte=middle)
        down = models.Q(main__target__lt=models.F("main__baseline"), doubled__lte=middle)
        return self.alias(doubled=doubled).filter(up | down)

    def reached(self) -> dict[str, int]:
        """How many have been measured and have some way to go, and how many of them are there."""
        baseline, target = models.F("main__baseline"), models.F("main__target")
        there = models.Q(main__target__gt=baseline, main__latest_value__gte=target)
        there |= models.Q(main__target__lt=baseline, main__latest_value__lte=target)
        measured = self.measured().exclude(main__target=baseline)
        return measured.aggregate(
            measured=models.Count("pk"), reached=models.Count("pk", filter=there)
        )


class BenefitManager(models.Manager.from_queryset(BenefitQuerySet)):  # type: ignore[misc]
    """A benefit always comes with its main indicator, which speaks for it."""

    def get_queryset(self) -> BenefitQuerySet:
        return super().get_queryset().select_related("main")


def _of_main(name: str, absent: Any = None) -> Any:
    """A property that reads the main indicator. `absent` when the benefit has none."""
    return property(lambda benefit: getattr(benefit.main, name) if benefit.main else absent)


class Benefit(Versioned, TimeStamped):
    """A gevinst, or an ulempe: an effect that somebody sees as good, or as bad."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.PROTECT, related_name="benefits"
    )
    submission_key = models.UUIDField(
        _("innsendingsnøkkel"), unique=True, default=uuid.uuid4, editable=False
    )
    number = models.PositiveSmallIntegerField(
        _("nummer i prosjektet"),
        editable=False,
        help_text=_("Sammen med bokstaven er det ID-en i gevinstrealiseringsplanen."),
    )
    name = models.CharField(
        _("gevinst"), max_length=160, help_text=_("Slik: Mindre kjøring etter nøkler")
    )
    meaning = models.CharField(_("hva det betyr for folk"), max_length=200, blank=True)
    is_disbenefit = models.BooleanField(
        _("ulempe"), default=False, help_text=_("En virkning noen er dårligere tjent med.")
    )
    kind = models.CharField(
        _("type"), max_length=8, choices=BenefitKind, default=BenefitKind.QUALITY
    )
    receiver = models.CharField(_("mottaker"), max_length=8, choices=Receiver, default=Receiver.OWN)
    use = models.CharField(_("uttak"), max_length=10, choices=BenefitUse, default=BenefitUse.OTHER)
    use_described = models.CharField(
        _("slik tas gevinsten ut"),
        max_length=250,
        blank=True,
        help_text=_("Slik: Mer tid hos hver bruker"),
    )
    product = models.CharField(_("produktet gevinsten kommer av"), max_length=160, blank=True)
    assumptions = models.TextField(_("forutsetninger"), max_length=1000, blank=True)
    goal = models.ForeignKey(
        StrategyGoal,
        verbose_name=_("styringsmål"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefits",
    )
    importance = models.PositiveSmallIntegerField(
        _("betydning"),
        choices=Importance,
        null=True,
        blank=True,
        help_text=_("For gevinster uten pris."),
    )
    importance_reason = models.CharField(_("hvorfor den er så viktig"), max_length=250, blank=True)
    kroner_per_person_year = models.DecimalField(
        _("kroner per årsverk"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        help_text=_("Bare for frigjort tid som tas ut som budsjettreduksjon."),
    )
    low_share = models.PositiveSmallIntegerField(
        _("lavt anslag, prosent av planen"), null=True, blank=True
    )
    high_share = models.PositiveSmallIntegerField(
        _("høyt anslag, prosent av planen"), null=True, blank=True
    )
    realised_from = models.DateField(_("gevinsten begynner"), null=True, blank=True)
    promised_from = models.DateField(
        _("begynner, slik det var ved BP3"), null=True, blank=True, editable=False
    )
    follows_project = models.BooleanField(
        _("datoene følger prosjektet"),
        default=True,
        help_text=_("Blir prosjektet forsinket, flyttes datoene like langt."),
    )
    moved_days = models.IntegerField(_("flyttet med prosjektet, dager"), default=0, editable=False)
    delay_when_frozen = models.IntegerField(
        _("prosjektets forsinkelse da planen ble låst, dager"),
        default=0,
        editable=False,
        help_text=_("Den er med i det som ble lovet, og flytter ingenting."),
    )
    frozen_at = models.DateTimeField(_("planen er låst"), null=True, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gevinsteier"),
        on_delete=models.PROTECT,
        related_name="owned_benefits",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig etter prosjektet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefits_to_realise",
        help_text=_("Prosjekteieren selv, eller en gevinstansvarlig som har sagt ja."),
    )
    responsibility_asked_at = models.DateTimeField(
        _("spurt om ansvaret"), null=True, blank=True, editable=False
    )
    responsibility_accepted_at = models.DateTimeField(
        _("tok ansvaret"), null=True, blank=True, editable=False
    )
    responsibility_declined = models.CharField(
        _("hvorfor den som ble spurt, sa nei"), max_length=500, blank=True, editable=False
    )
    main = models.OneToOneField(
        Indicator,
        verbose_name=_("hovedindikator"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="+",
        help_text=_("Den som svarer for gevinsten der det bare er plass til ett tall."),
    )

    objects = BenefitManager()

    class Meta:
        verbose_name = _("gevinst")
        verbose_name_plural = _("gevinster")
        ordering = ["project", "pk"]
        indexes = [
            models.Index(fields=["name", "id"], name="benefits_benefit_by_name"),
            models.Index(fields=["kind"], name="benefits_benefit_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=BenefitKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(receiver__in=Receiver.values),
                name="%(app_label)s_%(class)s_receiver_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(use__in=BenefitUse.values),
                name="%(app_label)s_%(class)s_use_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(importance=None) | models.Q(importance__range=(1, 5)),
                name="%(app_label)s_%(class)s_importance_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=models.Q(low_share=None, high_share=None)
                | models.Q(low_share__lte=100, high_share__gte=100, high_share__lte=1000),
                name="%(app_label)s_%(class)s_estimates_are_around_the_plan",
                violation_error_message=_(
                    "Det lave anslaget er høyst 100 prosent av planen, og det høye minst 100."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kroner_per_person_year=None)
                | models.Q(kroner_per_person_year__gte=0),
                name="%(app_label)s_%(class)s_person_year_costs_something",
            ),
            models.CheckConstraint(
                condition=models.Q(responsibility_accepted_at=None)
                | models.Q(responsible__isnull=False),
                name="%(app_label)s_%(class)s_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("benefits:detail", args=[self.pk])

    # The main indicator speaks for the benefit.
    unit = _of_main("unit", "")
    method = _of_main("method", "")
    baseline = _of_main("baseline")
    baseline_on = _of_main("baseline_on")
    target = _of_main("target")
    target_on = _of_main("target_on")
    next_measurement_on = _of_main("next_measurement_on")
    latest_value = _of_main("latest_value")
    latest_on = _of_main("latest_on")
    latest_progress = _of_main("latest_progress")
    latest_evidence = _of_main("latest_evidence", "")
    state = _of_main("state", BenefitState.NOT_MEASURED)
    look = _of_main("look", "open")
    is_measured = _of_main("is_measured", False)
    chart_key = _of_main("chart_key", "")

    def get_state_display(self) -> str:
        return str(BenefitState(self.state).label)

    def get_latest_evidence_display(self) -> str:
        return str(Evidence(self.latest_evidence).label) if self.latest_evidence else ""

    def progress(self, value: Decimal | None) -> Decimal | None:
        return self.main.progress(value) if self.main else None

    @property
    def code(self) -> str:
        """«Ø1», «V2», «K3»: the ID of Difi's tables. A letter for how it is counted."""
        if self.kind == BenefitKind.QUALITY:
            letter = "K"
        else:
            letter = "V" if self.receiver == Receiver.PUBLIC else "Ø"
        return f"{letter}{self.number}"

    @property
    def is_in_kroner(self) -> bool:
        return self.kind in IN_KRONER

    @property
    def is_in_person_years(self) -> bool:
        return self.kind in IN_PERSON_YEARS

    @property
    def is_priced(self) -> bool:
        """Has amounts per year, in kroner or in årsverk."""
        return self.kind != BenefitKind.QUALITY

    @property
    def becomes_kroner(self) -> bool:
        """Freed time is worth kroner only when a budget is cut by it (domain.md §4.1)."""
        return self.is_in_kroner or (
            self.kind == BenefitKind.TIME
            and self.use == BenefitUse.BUDGET
            and self.kroner_per_person_year is not None
        )

    @property
    def weight(self) -> str:
        """Viktighet of Difi's table E: lav, moderat or høy; empty when nobody has said."""
        if self.importance is None:
            return ""
        if self.importance == Importance.MODERATE:
            return str(_("moderat"))
        return str(_("høy")) if self.importance > Importance.MODERATE else str(_("lav"))
