"""What people type about the project itself: its name and size, its people, its public text."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import roles
from core.fields import NorwegianDecimalField
from core.form_guards import VersionField, refuse_stale
from core.widgets import DateInput
from ideas.forms.looked_through import LookedThrough
from municipality.models import User
from projects import sizing
from projects.models import Project, RoleHolder, RoleKey, Size, SizeProfile
from projects.organisation import LEADS

LONG_TEXT = forms.Textarea(attrs={"rows": 4})


def people(role: str | None = None, *, also: Any = None) -> QuerySet[User]:
    """Active users, those with a role, and whoever has the place already."""
    able = Q(is_active=True)
    if role is not None:
        able &= Q(groups__name=role) | Q(pk=getattr(also, "pk", None))
    return User.objects.filter(able).distinct().order_by("name", "pk")


def person_field(
    like: forms.Field, choices: QuerySet[User], *, nobody: Any = None
) -> forms.TypedChoiceField:
    """In place of the field `like`: those who can be chosen are read once, with their names."""
    by_key = {str(person.pk): person for person in choices}
    first = [] if nobody is None else [("", nobody)]
    return forms.TypedChoiceField(
        label=like.label,
        help_text=like.help_text,
        required=like.required,
        choices=[*first, *((key, str(person)) for key, person in by_key.items())],
        coerce=by_key.__getitem__,
        empty_value=None,
        error_messages=like.error_messages,
    )


class GuardedForm(forms.ModelForm):
    """A form on the project's own row that tells the second of two who edit at once."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class ProjectForm(GuardedForm):
    """`profiles` are those of the project's method, and `months` is how long the plan makes it."""

    budget = NorwegianDecimalField(
        label=_("Ramme i kroner"),
        required=False,
        max_digits=12,
        decimal_places=0,
        min_value=0,
        error_messages={"min_value": _("Rammen kan ikke være negativ.")},
    )

    class Meta:
        model = Project
        fields = ["name", "summary", "manager", "budget", "size", "size_reason"]
        labels = {
            "name": _("Navn"),
            "summary": _("I én setning"),
            "size": _("Hvor stort er prosjektet?"),
            "size_reason": _("Hvorfor en annen størrelse enn tallene peker mot?"),
        }
        help_texts = {
            "summary": _("Hva skal bli bedre, og for hvem? Blir offentlig."),
            "size": _("Størrelsen bestemmer hvilke dokumenter og beslutninger dere trenger."),
        }
        error_messages = {
            "name": {
                "required": _("Gi prosjektet et navn."),
                "max_length": _("Navnet kan ha høyst %(limit_value)d tegn."),
            },
            "summary": {"max_length": _("Setningen kan ha høyst %(limit_value)d tegn.")},
            "size": {"required": _("Velg hvor stort prosjektet er.")},
        }
        widgets = {"size": forms.RadioSelect, "size_reason": forms.Textarea(attrs={"rows": 2})}

    def __init__(
        self,
        *args: Any,
        profiles: Sequence[SizeProfile] = (),
        months: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.profiles, self.months = profiles, months
        self.fields["manager"].queryset = people(roles.PROJECT_MANAGER, also=self.instance.manager)
        self.fields["manager"].empty_label = _("Ikke utpekt ennå")

    def suggested(self, budget: Decimal | None) -> Size | None:
        return sizing.suggested(self.profiles, months=self.months, cost=budget)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        suggested = self.suggested(cleaned.get("budget"))
        chosen = cleaned.get("size")
        if suggested and chosen and chosen != suggested and not cleaned.get("size_reason"):
            self.add_error(
                "size_reason",
                _now(
                    "Tallene peker mot «{suggested}». Skriv hvorfor dere velger «{chosen}»."
                ).format(suggested=suggested.label, chosen=Size(chosen).label),
            )
        return cleaned


class OrganisationForm(GuardedForm):
    """Forankring, organisering and finansiering. The owner is handed over by those who may."""

    class Meta:
        model = Project
        fields = ["anchoring", "organisation", "financing", "owner", "manager", "benefit_lead"]
        labels = {
            "anchoring": _("Forankring"),
            "organisation": _("Organisering"),
            "financing": _("Finansiering"),
        }
        help_texts = {
            "anchoring": _("Hvem har bestemt dette, og hvem står bak?"),
            "organisation": _("Hvordan arbeider dere, og hvem bestemmer hva?"),
            "financing": _("Hvor kommer pengene fra, og hvem betaler driften etterpå?"),
        }
        error_messages = {
            **{
                name: {"max_length": _("Teksten kan ha høyst %(limit_value)d tegn.")}
                for name in ("anchoring", "organisation", "financing")
            },
            "owner": {"required": _("Velg hvem som eier prosjektet.")},
        }
        widgets = {"anchoring": LONG_TEXT, "organisation": LONG_TEXT, "financing": LONG_TEXT}

    def __init__(self, *args: Any, may_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance
        if may_hand_over:
            owners = people(roles.PROJECT_OWNER, also=project.owner)
            self.fields["owner"] = person_field(self.fields["owner"], owners)
        else:
            del self.fields["owner"]
        self.fields["manager"] = person_field(
            self.fields["manager"],
            people(roles.PROJECT_MANAGER, also=project.manager),
            nobody=_("Ikke utpekt ennå"),
        )
        self.fields["benefit_lead"] = person_field(
            self.fields["benefit_lead"], people(), nobody=_("Prosjekteieren har ansvaret selv")
        )


class RoleHolderForm(forms.ModelForm):
    """The roles beside the three that stand on the project."""

    class Meta:
        model = RoleHolder
        fields = ["role", "person", "name", "organisation", "starts_on", "ends_on"]
        labels = {
            "person": _("Hvem?"),
            "name": _("Navn"),
            "organisation": _("Enhet"),
            "starts_on": _("Fra"),
            "ends_on": _("Til"),
        }
        help_texts = {
            "name": _("Bare når personen ikke er i listen. Slettes ett år etter prosjektet."),
            "organisation": _("Avdeling, leverandør eller organisasjon."),
        }
        error_messages = {
            "role": {"required": _("Velg en rolle.")},
            "name": {"max_length": _("Navnet kan ha høyst %(limit_value)d tegn.")},
            "organisation": {"max_length": _("Enheten kan ha høyst %(limit_value)d tegn.")},
            "starts_on": {
                "required": _("Skriv hvilken dag rollen begynner."),
                "invalid": _("Skriv datoen som dag, måned og år."),
            },
            "ends_on": {"invalid": _("Skriv datoen som dag, måned og år.")},
        }
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(role.value, role.label) for role in RoleKey if role not in LEADS]
        self.fields["role"].choices = [("", _("Velg rolle")), *others]
        self.fields["person"].queryset = people()
        self.fields["person"].empty_label = _("Ikke i listen")


class PublicTextForm(LookedThrough, GuardedForm):
    """The text everybody reads. Warns of what looks like personal data before it is kept."""

    LOOKED_THROUGH = ("public_text",)

    class Meta:
        model = Project
        fields = ["public_text"]
        labels = {"public_text": _("Hva skal folk få vite?")}
        help_texts = {
            "public_text": _(
                "Skriv til en som ikke kjenner kommunen: hva som er problemet, hva dere gjør, og "
                "hva som blir bedre. Korte setninger, ingen forkortelser, ingen navn."
            )
        }
        error_messages = {
            "public_text": {
                "required": _("Skriv hva prosjektet går ut på. To–tre setninger holder."),
                "max_length": _("Teksten kan ha høyst %(limit_value)d tegn."),
            }
        }
        widgets = {"public_text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_text"].required = True
