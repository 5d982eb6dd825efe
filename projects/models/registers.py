"""What a project keeps: roles, uncertainty, stakeholders, lessons and who was involved."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from projects.models.lines import Line
from projects.models.method import RoleKey
from projects.models.projects import Project

SCALE = [MinValueValidator(0), MaxValueValidator(5)]
MEDIUM_FROM, HIGH_FROM = 5, 15  # of the factor S × K


class RoleHolder(models.Model):
    """Who has had a role in the project, from when to when. Outside people by name only."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="role_holders"
    )
    role = models.CharField(_("rolle"), max_length=16, choices=RoleKey)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="project_roles",
    )
    name = models.CharField(_("navn, når personen ikke er bruker"), max_length=120, blank=True)
    organisation = models.CharField(_("enhet"), max_length=120, blank=True)
    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"), null=True, blank=True)

    class Meta:
        verbose_name = _("rolle i prosjektet")
        verbose_name_plural = _("roller i prosjektet")
        ordering = ["project", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=RoleKey.values),
                name="%(app_label)s_%(class)s_role_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, name="")
                | (models.Q(person=None) & ~models.Q(name="")),
                name="%(app_label)s_%(class)s_is_somebody",
                violation_error_message=_("Velg en bruker, eller skriv et navn. Ikke begge."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("Til-datoen kan ikke være før fra-datoen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person or self.name}"


class RiskKind(models.TextChoices):
    THREAT = "threat", _("Trussel")
    OPPORTUNITY = "opportunity", _("Mulighet")


class RiskStatus(models.TextChoices):
    IDENTIFIED = "identified", _("Identifisert")
    TREATED = "treated", _("Tiltak gjennomført")
    GONE = "gone", _("Ikke lenger aktuell")


class Proximity(models.TextChoices):
    NOW = "now", _("Umiddelbart")
    PHASE = "phase", _("I denne fasen")
    PROJECT = "project", _("Innenfor prosjektet")
    LATER = "later", _("Utenfor prosjektet")


class Strategy(models.TextChoices):
    """For threats the first six, for opportunities the last two and «dele» (domain.md §3.3)."""

    AVOID = "avoid", _("Unngå")
    REDUCE = "reduce", _("Redusere")
    TRANSFER = "transfer", _("Overføre")
    ACCEPT = "accept", _("Akseptere")
    WATCH = "watch", _("Overvåke")
    SHARE = "share", _("Dele")
    USE = "use", _("Utnytte")
    ENHANCE = "enhance", _("Øke")


class RiskLevel(models.TextChoices):
    """What a factor comes to. The limits are our own, among the 0–25 that S × K may be."""

    LOW = "low", _("Lav")
    MEDIUM = "medium", _("Middels")
    HIGH = "high", _("Høy")

    @classmethod
    def of(cls, factor: int) -> "RiskLevel":
        if factor >= HIGH_FROM:
            return cls.HIGH
        return cls.MEDIUM if factor >= MEDIUM_FROM else cls.LOW


class Risk(Line, TimeStamped):
    """A line of usikkerhetsregisteret. The factor is S × K, before and after the measures."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="risks"
    )
    number = models.PositiveSmallIntegerField(_("nummer"), editable=False)
    kind = models.CharField(_("type"), max_length=11, choices=RiskKind)
    event = models.CharField(_("hendelse"), max_length=250)
    effect = models.CharField(_("virkning"), max_length=500, blank=True)
    likelihood = models.PositiveSmallIntegerField(_("sannsynlighet (S)"), validators=SCALE)
    impact = models.PositiveSmallIntegerField(_("konsekvens (K)"), validators=SCALE)
    measure = models.TextField(_("tiltak"), max_length=1000, blank=True)
    likelihood_after = models.PositiveSmallIntegerField(
        _("S etter tiltak"), validators=SCALE, null=True, blank=True
    )
    impact_after = models.PositiveSmallIntegerField(
        _("K etter tiltak"), validators=SCALE, null=True, blank=True
    )
    proximity = models.CharField(
        _("nærhet"), max_length=7, choices=Proximity, default=Proximity.PROJECT
    )
    strategy = models.CharField(_("strategi"), max_length=8, choices=Strategy)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("eier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_risks",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=RiskStatus, default=RiskStatus.IDENTIFIED
    )

    class Meta:
        verbose_name = _("usikkerhet")
        verbose_name_plural = _("usikkerheter")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=RiskKind.values,
                    status__in=RiskStatus.values,
                    proximity__in=Proximity.values,
                    strategy__in=Strategy.values,
                ),
                name="%(app_label)s_%(class)s_words_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(likelihood__lte=5, impact__lte=5)
                & (models.Q(likelihood_after=None) | models.Q(likelihood_after__lte=5))
                & (models.Q(impact_after=None) | models.Q(impact_after__lte=5)),
                name="%(app_label)s_%(class)s_is_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.event

    @property
    def factor(self) -> int:
        return self.likelihood * self.impact

    @property
    def level(self) -> RiskLevel:
        return RiskLevel.of(self.factor)

    @property
    def factor_after(self) -> int | None:
        if self.likelihood_after is None or self.impact_after is None:
            return None
        return self.likelihood_after * self.impact_after


class Engagement(models.TextChoices):
    """How a stakeholder is taken along (domain.md §4.2)."""

    INTERVIEW = "interview", _("Intervjue")
    WORKSHOP = "workshop", _("Invitere til gevinstverksted")
    INFORM = "inform", _("Holde informert")
    LATER = "later", _("Involvere senere")
    NOT = "not", _("Ikke involvere")


class Stakeholder(Line):
    """An interessent, and what is said to them, how, when and by whom."""

    ATTITUDES = [(-1, _("Imot")), (0, _("Verken for eller imot")), (1, _("For"))]
    INFLUENCES = [(1, _("Liten")), (2, _("Middels")), (3, _("Stor"))]

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="stakeholders"
    )
    name = models.CharField(
        _("interessent"), max_length=120, help_text=_("En gruppe eller en rolle, ikke en person.")
    )
    influence = models.PositiveSmallIntegerField(_("innflytelse"), choices=INFLUENCES, default=2)
    attitude = models.SmallIntegerField(_("holdning"), choices=ATTITUDES, default=0)
    engagement = models.CharField(
        _("involvering"), max_length=9, choices=Engagement, default=Engagement.INFORM
    )
    goal = models.CharField(_("mål for kommunikasjonen"), max_length=250, blank=True)
    message = models.CharField(_("budskap"), max_length=500, blank=True)
    channel = models.CharField(_("form"), max_length=120, blank=True)
    when = models.CharField(_("når"), max_length=120, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("interessent")
        verbose_name_plural = _("interessenter")
        ordering = ["project", "-influence", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(influence__in=[1, 2, 3], attitude__in=[-1, 0, 1])
                & models.Q(engagement__in=Engagement.values),
                name="%(app_label)s_%(class)s_words_are_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class LessonKind(models.TextChoices):
    POSITIVE = "positive", _("Virket godt")
    NEGATIVE = "negative", _("Ville gjort annerledes")


class Priority(models.TextChoices):
    LOW = "low", _("Lav")
    MEDIUM = "medium", _("Middels")
    HIGH = "high", _("Høy")


class Lesson(Line):
    """A line of erfaringsloggen."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="lessons"
    )
    kind = models.CharField(_("type"), max_length=8, choices=LessonKind)
    text = models.TextField(_("hva vi lærte"), max_length=1000)
    advice = models.CharField(_("råd til neste prosjekt"), max_length=500, blank=True)
    priority = models.CharField(
        _("prioritet"), max_length=6, choices=Priority, default=Priority.MEDIUM
    )
    noted_on = models.DateField(_("dato"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("registrert av"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("erfaring")
        verbose_name_plural = _("erfaringer")
        ordering = ["project", "-noted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=LessonKind.values, priority__in=Priority.values),
                name="%(app_label)s_%(class)s_words_are_known",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class UserInvolvement(Line):
    """Who of those concerned took part, when and how, and what it changed (strategy §6.4, S1)."""

    project = models.ForeignKey(
        Project, verbose_name=_("prosjekt"), on_delete=models.CASCADE, related_name="involvements"
    )
    held_on = models.DateField(_("når"))
    who = models.CharField(
        _("hvem"), max_length=250, help_text=_("En gruppe, ikke navn på personer.")
    )
    how = models.CharField(_("hvordan"), max_length=250)
    people = models.PositiveSmallIntegerField(_("antall personer"), null=True, blank=True)
    hours = models.DecimalField(
        _("timer brukt"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    changed = models.TextField(_("hva det endret"), max_length=1000)

    class Meta:
        verbose_name = _("brukerinvolvering")
        verbose_name_plural = _("brukerinvolvering")
        ordering = ["project", "-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours=None) | models.Q(hours__gte=0),
                name="%(app_label)s_%(class)s_hours_are_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.how}"
