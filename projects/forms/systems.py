"""What people type about the municipality's systems, and what projects do with them."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.filters import ListFilter
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.workbook_fields import WorkbookUploadField
from municipality.models import Sector
from projects.forms.lines import LineForm, plain_errors
from projects.models import (
    FreezePeriod,
    Integration,
    System,
    SystemKind,
    SystemState,
    SystemUse,
)

ENDS_TOO_EARLY = _("Til-datoen kan ikke være før fra-datoen.")
NO_FIRST_DAY = _("Skriv den første dagen.")
NO_LAST_DAY = _("Skriv den siste dagen.")
DAYS = {"starts_on": {"required": NO_FIRST_DAY}, "ends_on": {"required": NO_LAST_DAY}}


def refuse_backwards(form: forms.BaseForm) -> None:
    """Said beside the last day, and not for the form as a whole."""
    first, last = (form.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
    if first and last and last < first:
        form.add_error("ends_on", ENDS_TOO_EARLY)


class SystemFilter(ListFilter):
    q = django_filters.CharFilter(
        label=_("Søk i systemene"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Type"), choices=SystemKind.choices, empty_label=_("Alle typer")
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=SystemState.choices, empty_label=_("Alle statuser")
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
    )

    class Meta:
        model = System
        fields: list[str] = []

    def search(self, systems: Any, name: str, value: str) -> QuerySet[System]:
        found: QuerySet[System] = systems.search(value)
        return found


class SystemForm(forms.ModelForm):
    version = VersionField()

    class Meta:
        model = System
        fields = ["name", "kind", "state", "sector", "owner", "supplier", "purpose"]
        labels = {"name": _("Navn"), "kind": _("Type"), "state": _("Status")}
        help_texts = {
            "owner": _("Den som har ansvaret for systemet i kommunen. Skriv rolle eller enhet."),
            "sector": _("Tom når flere sektorer har det."),
            "purpose": _("Slik: Lønn, ansatte og reiseregninger"),
        }
        error_messages = {
            "name": {"required": _("Skriv hva systemet heter.")},
            "kind": {"required": _("Velg en type.")},
            "state": {"required": _("Velg en status.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_errors(self.fields)
        self.fields["sector"].empty_label = _("Flere sektorer")
        self.fields["version"].initial = self.instance.version

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        other = System.objects.named(name).exclude(pk=self.instance.pk).first()
        if other is not None:
            raise forms.ValidationError(
                _("«%(name)s» står i registeret fra før."), params={"name": other.name}
            )
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


OUT, IN = "out", "in"


class IntegrationForm(forms.Form):
    """An integration, seen from one of its systems."""

    direction = forms.ChoiceField(
        label=_("Hvilken vei går dataene?"),
        choices=[(OUT, _("Ut, til et annet system")), (IN, _("Inn, fra et annet system"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvilken vei dataene går.")},
    )
    other = forms.ModelChoiceField(
        label=_("Det andre systemet"),
        queryset=System.objects.none(),
        empty_label=_("Velg system"),
        error_messages={"required": _("Velg det andre systemet.")},
    )
    what = forms.CharField(
        label=_("Hva sendes?"),
        max_length=160,
        required=False,
        help_text=_("Slik: Navn, stilling og arbeidstid"),
    )

    def __init__(self, *args: Any, system: System, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.system = system
        plain_errors(self.fields)
        others = System.objects.in_use().exclude(pk=system.pk)
        self.fields["other"].queryset = others.order_by("name")

    def filled_in(self) -> Integration:
        ends = [self.system, self.cleaned_data["other"]]
        if self.cleaned_data["direction"] == IN:
            ends.reverse()
        return Integration(source=ends[0], target=ends[1], what=self.cleaned_data["what"])


class FreezeForm(forms.ModelForm):
    class Meta:
        model = FreezePeriod
        fields = ["name", "starts_on", "ends_on", "systems"]
        labels = {
            "name": _("Hva er grunnen?"),
            "starts_on": _("Første dag"),
            "ends_on": _("Siste dag"),
            "systems": _("Hvilke systemer?"),
        }
        help_texts = {
            "name": _("Slik: Lønnskjøring i desember"),
            "systems": _("Uten kryss gjelder perioden alle systemer."),
        }
        error_messages = {**DAYS, "name": {"required": _("Skriv hvorfor det er stille.")}}
        widgets = {"systems": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"] = VersionField(initial=self.instance.version)
        else:
            self.fields["submission_key"] = SubmissionKeyField()
        plain_errors(self.fields)
        chosen = Q(freeze_periods=self.instance) if self.instance.pk else Q()
        able = System.objects.filter(pk__in=System.objects.in_use().values("pk"))
        if self.instance.pk:
            able = able | System.objects.filter(chosen)
        self.fields["systems"].queryset = able.distinct().order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_backwards(self)
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned

    def filled_in(self) -> FreezePeriod:
        period: FreezePeriod = self.instance
        if period.pk is None:
            period.submission_key = self.cleaned_data["submission_key"]
        return period


class SystemUseForm(LineForm):
    class Meta:
        model = SystemUse
        fields = ["system", "kind", "starts_on", "ends_on", "note"]
        labels = {
            "system": _("Hvilket system?"),
            "kind": _("Hva gjør prosjektet med det?"),
            "starts_on": _("Fra"),
            "ends_on": _("Til"),
            "note": _("Merknad"),
        }
        help_texts = {
            "ends_on": _("Den dagen prosjektet er ferdig med systemet."),
            "note": _("Slik: Ny kobling til saksbehandlingen"),
        }
        error_messages = {**DAYS, "system": {"required": _("Velg et system.")}}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        able = System.objects.in_use() | System.objects.filter(pk=self.instance.system_id)
        self.fields["system"].queryset = able.order_by("name")
        self.fields["system"].empty_label = _("Velg system")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_backwards(self)
        return cleaned


class SystemsWorkbookForm(forms.Form):
    file = WorkbookUploadField(label=_("Regneark med systemer"))
