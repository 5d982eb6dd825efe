"""Who we are and what we steer by: people, sectors, the annual cycle, the goal hierarchy."""

import datetime as dt
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from municipality import calendar
from municipality.calendar import PhaseKind, PhaseState


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Roles are groups, named in core.roles."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("navn"), max_length=120)
    sector = models.ForeignKey(
        "municipality.Sector",
        verbose_name=_("sektor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    is_staff = models.BooleanField(_("kan bruke administrasjonen"), default=False)
    is_active = models.BooleanField(_("kan logge inn"), default=True)
    date_joined = models.DateTimeField(_("opprettet"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="%(app_label)s_%(class)s_email_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the person's groups, asked for once per request."""
        return frozenset(self.groups.values_list("name", flat=True))


class Sector(models.Model):
    """One of the parts the municipality is divided in. Five by domain.md §5.10, editable."""

    code = models.SlugField(_("kode"), unique=True)
    name = models.CharField(_("navn"), max_length=120, unique=True)
    short_name = models.CharField(_("kortnavn"), max_length=40)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("leder"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_sectors",
    )

    class Meta:
        verbose_name = _("sektor")
        verbose_name_plural = _("sektorer")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """The municipality itself: one row, edited in the admin."""

    name = models.CharField(_("navn"), max_length=80, default="Gjøvik kommune")
    number = models.CharField(_("kommunenummer"), max_length=4, default="3407")
    organisation_number = models.CharField(
        _("organisasjonsnummer"), max_length=9, default="940155223"
    )
    code_prefix = models.CharField(
        _("bokstav foran idékoder"), max_length=2, default="G", help_text=_("Slik: G26-062")
    )
    logo = models.BinaryField(_("logo (SVG eller PNG)"), null=True, blank=True, editable=False)
    logo_type = models.CharField(_("logoens filtype"), max_length=20, blank=True, editable=False)
    executive_title = models.CharField(_("øverste leders tittel"), max_length=40, default="rådmann")
    executive_group = models.CharField(
        _("den som vedtar"), max_length=80, default="rådmannens ledergruppe"
    )
    contact_email = models.EmailField(_("kontakt, e-post"), default="digitalisering@gjovik.example")
    contact_phone = models.CharField(_("kontakt, telefon"), max_length=20, blank=True)
    accessibility_statement_url = models.CharField(
        _("tilgjengelighetserklæring, adresse"),
        max_length=200,
        blank=True,
        validators=[URLValidator(["https", "http"])],
    )
    answer_days = models.PositiveSmallIntegerField(
        _("dager til lovet svar"), default=21, help_text=_("Så lenge venter den som sender en idé.")
    )
    is_demo = models.BooleanField(
        _("dette er en demo"), default=False, help_text=_("Sidene merkes som oppdiktet.")
    )

    class Meta:
        verbose_name = _("kommunen")
        verbose_name_plural = _("kommunen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="%(app_label)s_%(class)s_is_one_row"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "Municipality":
        """The one row; the defaults when nobody has filled it in."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def executive_group_title(self) -> str:
        """«Rådmannens ledergruppe», at the start of a sentence."""
        return self.executive_group[:1].upper() + self.executive_group[1:]


class StrategyAreaQuerySet(models.QuerySet["StrategyArea"]):
    def with_goals(self, goals: models.QuerySet["StrategyGoal"]) -> "StrategyAreaQuerySet":
        return self.prefetch_related(models.Prefetch("goals", goals))


class StrategyArea(models.Model):
    """A national target area (nasjonalt målområde), Table 1 of the strategy."""

    code = models.CharField(_("kode"), max_length=4, unique=True)
    name = models.CharField(_("navn"), max_length=160)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    objects = StrategyAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("målområde")
        verbose_name_plural = _("målområder")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StrategyGoalQuerySet(models.QuerySet["StrategyGoal"]):
    def in_order(self) -> "StrategyGoalQuerySet":
        return self.select_related("area").order_by("area__order", "code", "pk")

    def with_strategies(self) -> "StrategyGoalQuerySet":
        return self.order_by("code", "pk").prefetch_related("strategies")

    def with_portfolio(self, *, newest: int) -> "StrategyGoalQuerySet":
        """Each goal with `idea_count`, and its `newest_ideas` with their project and benefits.

        Ideas belong to a later step, so they are reached through the relation, never imported.
        """
        idea = cast(type[models.Model], self.model._meta.get_field("ideas").related_model)
        ideas = idea._default_manager.filter(published_at__isnull=False)
        shown = (
            ideas.select_related("project")
            .prefetch_related("project__benefits")
            .order_by("-published_at", "-pk")
        )
        return self.annotate(
            idea_count=models.Count("ideas", filter=models.Q(ideas__published_at__isnull=False))
        ).prefetch_related(models.Prefetch("ideas", shown[:newest], to_attr="newest_ideas"))


class StrategyGoal(models.Model):
    """A goal of KS' digitalisation strategy, which the municipality has adopted (§4)."""

    area = models.ForeignKey(
        StrategyArea, verbose_name=_("målområde"), on_delete=models.PROTECT, related_name="goals"
    )
    code = models.CharField(_("kode"), max_length=4, unique=True)
    text = models.TextField(_("mål"))

    objects = StrategyGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["code", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class LocalStrategy(models.Model):
    """One sentence of the municipality's own strategy. May serve several goals."""

    code = models.CharField(_("kode"), max_length=4, unique=True)
    text = models.TextField(_("strategi"))
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    goals = models.ManyToManyField(StrategyGoal, verbose_name=_("mål"), related_name="strategies")

    class Meta:
        verbose_name = _("lokal strategi")
        verbose_name_plural = _("lokale strategier")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class AnnualCycleQuerySet(models.QuerySet["AnnualCycle"]):
    def current(self) -> "AnnualCycle | None":
        return self.filter(is_current=True).prefetch_related("phases").first()

    def newest_first(self) -> "AnnualCycleQuerySet":
        return self.order_by("-year").prefetch_related("phases")


class AnnualCycle(Versioned):
    """One turn of the wheel (årshjul). Year N gives what the budget of N+1 needs."""

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    budget_deadline = models.DateField(
        _("budsjettfrist"), help_text=_("Da må vedtaket være med i forslaget til budsjett.")
    )
    is_current = models.BooleanField(_("er gjeldende år"), default=False)
    # Kept by the step that closes years: what was decided in the year stands from then on.
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True, editable=False)

    objects = AnnualCycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("årshjul")
        verbose_name_plural = _("årshjul")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="%(app_label)s_%(class)s_one_is_current",
                violation_error_message=_("Et annet år er allerede det gjeldende."),
            )
        ]

    def __str__(self) -> str:
        return _("Årshjulet {year}").format(year=self.year)

    @property
    def budget_year(self) -> int:
        return self.year + 1

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def ordered_phases(self) -> list["Phase"]:
        """The five phases in the order of the year. Uses the prefetch."""
        kinds = list(PhaseKind)
        return sorted(self.phases.all(), key=lambda phase: kinds.index(PhaseKind(phase.kind)))

    def phase(self, kind: str) -> "Phase":
        return next(phase for phase in self.phases.all() if phase.kind == kind)


class Phase(models.Model):
    """When one step of the cycle is open."""

    cycle = models.ForeignKey(
        AnnualCycle, verbose_name=_("årshjul"), on_delete=models.CASCADE, related_name="phases"
    )
    kind = models.CharField(_("fase"), max_length=20, choices=PhaseKind)
    opens_on = models.DateField(_("åpner"))
    closes_on = models.DateField(_("siste dag"))

    class Meta:
        verbose_name = _("fase")
        verbose_name_plural = _("faser")
        ordering = ["cycle", "opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind"], name="%(app_label)s_%(class)s_once_per_cycle"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=PhaseKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="%(app_label)s_%(class)s_closes_after_it_opens",
                violation_error_message=_("Siste dag kan ikke være før fasen åpner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.cycle.year}"

    def state(self, on: dt.date) -> PhaseState:
        return calendar.state(self.opens_on, self.closes_on, on=on)

    def is_open(self, on: dt.date) -> bool:
        return self.state(on) == PhaseState.OPEN

    @property
    def number(self) -> int:
        return list(PhaseKind).index(PhaseKind(self.kind)) + 1
