"""How projects are run here: checklists, product templates and size profiles, in versions.

The files in `projects/fixtures/` are where a municipality begins; the method is kept in the
application. A version that a project has begun with is frozen: running projects keep theirs.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.formatting import listed
from core.models import TimeStamped


class Size(models.TextChoices):
    """The profile of a project (domain.md §3.5)."""

    SMALL = "small", _("Lite")
    MEDIUM = "medium", _("Middels stort")
    LARGE = "large", _("Stort")


class RoleKey(models.TextChoices):
    """Who a checkpoint falls to until somebody else is named, and the roles of domain.md §3.4."""

    OWNER = "owner", _("Prosjekteier")
    MANAGER = "manager", _("Prosjektleder")
    BENEFIT_LEAD = "benefit_lead", _("Gevinstansvarlig")
    INVESTIGATOR = "investigator", _("Leder av utredningsarbeidet")
    SENIOR_USER = "senior_user", _("Seniorbruker")
    SENIOR_SUPPLIER = "senior_supplier", _("Seniorleverandør")
    BENEFIT_OWNER = "benefit_owner", _("Gevinsteier")
    REFERENCE_GROUP = "reference_group", _("Referansegruppe")
    PARTICIPANT = "participant", _("Prosjektdeltaker")


class MethodQuerySet(models.QuerySet["Method"]):
    def current(self) -> "Method | None":
        return self.filter(is_current=True).first()

    def visible_to(self, user: Any) -> "MethodQuerySet":
        """What is or was in use is for all who see the portfolio; a draft is the team's."""
        if user.has_perm("projects.manage_method"):
            return self
        used = models.Q(is_current=True) | models.Q(projects__isnull=False)
        return self.filter(pk__in=Method.objects.filter(used).values("pk"))

    def for_list(self) -> "MethodQuerySet":
        """With `project_count`, the newest first."""
        return self.annotate(project_count=models.Count("projects")).order_by("-is_current", "-pk")


class Method(TimeStamped):
    """One version of the method. New projects use the current one."""

    name = models.CharField(_("navn"), max_length=120)
    version = models.CharField(_("versjon"), max_length=20, unique=True)
    source = models.TextField(_("kilde"), blank=True)
    is_current = models.BooleanField(_("brukes i nye prosjekter"), default=False)
    silent_after_days = models.PositiveSmallIntegerField(
        _("stille etter dager"),
        default=30,
        help_text=_("Så lenge uten endringer før et prosjekt trenger oppmerksomhet."),
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("bygger på"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="successors",
    )

    project_count: int  # from `for_list`

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("metodeversjon")
        verbose_name_plural = _("metodeversjoner")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="%(app_label)s_%(class)s_one_is_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def is_frozen(self) -> bool:
        return self.projects.exists()


class ChecklistItem(models.Model):
    """One question of the checklist before a decision point (domain.md §3.2)."""

    method = models.ForeignKey(
        Method, verbose_name=_("metodeversjon"), on_delete=models.CASCADE, related_name="checklist"
    )
    gate = models.CharField(_("beslutningspunkt"), max_length=5)
    order = models.PositiveSmallIntegerField(_("rekkefølge"))
    code = models.SlugField(_("kode"), max_length=40)
    text = models.CharField(_("punkt"), max_length=250)
    help = models.TextField(_("hjelp"), max_length=1000, blank=True)
    falls_to = models.CharField(
        _("hvem som avklarer"), max_length=16, choices=RoleKey, default=RoleKey.MANAGER
    )
    is_later = models.BooleanField(
        _("lagt til av Digdir senere"),
        default=False,
        help_text=_("Står i Prosjektveiviseren i dag, men ikke i den eldre listen."),
    )

    class Meta:
        verbose_name = _("sjekkpunkt")
        verbose_name_plural = _("sjekkpunkter")
        ordering = ["method", "gate", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "gate", "code"], name="%(app_label)s_%(class)s_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class DataBlock(models.TextChoices):
    """What a section of a product shows of the project's own data, after what is written in it."""

    NONE = "", _("Bare tekst")
    DECISION = "decision", _("Vedtaket og vilkårene")
    ORGANISATION = "organisation", _("Roller")
    STAKEHOLDERS = "stakeholders", _("Interessenter og kommunikasjon")
    BENEFITS = "benefits", _("Gevinster")
    MILESTONES = "milestones", _("Milepæler")
    PHASES = "phases", _("Fasene og beslutningspunktene")
    BUDGET = "budget", _("Penger per år og kilde")
    THREATS = "threats", _("Trusler")
    OPPORTUNITIES = "opportunities", _("Muligheter")
    UNCERTAINTY = "uncertainty", _("Trusler og muligheter")
    TOLERANCES = "tolerances", _("Toleranser")
    INVOLVEMENT = "involvement", _("Brukerinvolvering")
    LESSONS = "lessons", _("Erfaringer")
    CHANGES = "changes", _("Endringsanmodninger")
    SYSTEMS = "systems", _("Systemer og integrasjoner")
    CHECKLIST = "checklist", _("Sjekklisten")
    STATUS = "status", _("Statusrapportene")


class ProductTemplate(models.Model):
    """A product (styringsdokument, mandat …) with its sections (domain.md §3.3)."""

    method = models.ForeignKey(
        Method, verbose_name=_("metodeversjon"), on_delete=models.CASCADE, related_name="templates"
    )
    code = models.SlugField(_("kode"), max_length=40)
    name = models.CharField(_("navn"), max_length=120)
    phase = models.CharField(_("fase"), max_length=12)
    gate = models.CharField(
        _("skal være godkjent til"), max_length=5, help_text=_("Beslutningspunktet det bærer.")
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"))
    purpose = models.TextField(_("hensikt"), max_length=1000, blank=True)
    required_in = ArrayField(
        models.CharField(max_length=6, choices=Size),
        verbose_name=_("kreves i"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("produktmal")
        verbose_name_plural = _("produktmaler")
        ordering = ["method", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "code"], name="%(app_label)s_%(class)s_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def required_words(self) -> str:
        """«middels stort og stort», or that it may always be left out."""
        sizes = [str(size.label).lower() for size in Size if size in self.required_in]
        return listed(sizes) if sizes else _now("ingen, kan utelates")


class TemplateSection(models.Model):
    """One heading of a product, with guidance and, when there are some, data of the project."""

    template = models.ForeignKey(
        ProductTemplate,
        verbose_name=_("produktmal"),
        on_delete=models.CASCADE,
        related_name="sections",
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"))
    code = models.SlugField(_("kode"), max_length=40)
    heading = models.CharField(_("overskrift"), max_length=160)
    guidance = models.TextField(_("veiledning"), max_length=1000, blank=True)
    data = models.CharField(
        _("data"), max_length=14, choices=DataBlock, blank=True, default=DataBlock.NONE
    )
    is_required = models.BooleanField(_("må skrives"), default=True)

    class Meta:
        verbose_name = _("avsnitt i produktmal")
        verbose_name_plural = _("avsnitt i produktmaler")
        ordering = ["template", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "code"], name="%(app_label)s_%(class)s_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.heading


class SizeProfile(models.Model):
    """How big a project may be to have this profile, and which gates somebody else decides."""

    method = models.ForeignKey(
        Method, verbose_name=_("metodeversjon"), on_delete=models.CASCADE, related_name="profiles"
    )
    size = models.CharField(_("størrelse"), max_length=6, choices=Size)
    max_months = models.PositiveSmallIntegerField(_("høyst måneder"), null=True, blank=True)
    max_cost = models.DecimalField(
        _("høyst kroner"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    formal_gates = ArrayField(
        models.CharField(max_length=5),
        verbose_name=_("beslutningspunkter som vedtas"),
        default=list,
        blank=True,
        help_text=_("De andre sjekker prosjektet selv."),
    )
    description = models.TextField(_("beskrivelse"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("størrelsesprofil")
        verbose_name_plural = _("størrelsesprofiler")
        ordering = ["method", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "size"], name="%(app_label)s_%(class)s_size_once"
            ),
            models.CheckConstraint(
                condition=models.Q(size__in=Size.values),
                name="%(app_label)s_%(class)s_size_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_size_display()

    def holds(self, *, months: int | None, cost: Any) -> bool:
        """Whether a project so long and so dear is within the thresholds. Unknown is within."""
        too_long = self.max_months is not None and months is not None and months > self.max_months
        too_dear = self.max_cost is not None and cost is not None and cost > self.max_cost
        return not (too_long or too_dear)
