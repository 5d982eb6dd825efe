"""A scenario as it is written: how much there is, and which ideas go or do not go together."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import KronerField, PersonYearsField
from core.form_guards import VersionField, refuse_stale
from core.formatting import number
from municipality.models import Sector
from prioritization.fitting import Frame
from prioritization.models import Entry, RuleKind, Scenario

MOST_RULES = 200
NEGATIVE = gettext_lazy("Rammen kan ikke være mindre enn null.")
OF_TWO = {RuleKind.EXCLUSIVE, RuleKind.REQUIRES}


class ScenarioForm(forms.ModelForm):
    """Name, note, and a field for each limit. An empty one is no limit; 0 is nothing at all."""

    version = VersionField(required=False)

    class Meta:
        model = Scenario
        fields = ["name", "note"]
        labels = {
            "name": gettext_lazy("Hva heter scenarioet?"),
            "note": gettext_lazy("Hva er annerledes i det?"),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "name": {
                "required": gettext_lazy("Gi scenarioet et navn."),
                "max_length": gettext_lazy("Navnet kan ha høyst %(limit_value)d tegn."),
            },
            "note": {"max_length": gettext_lazy("Skriv høyst %(limit_value)d tegn.")},
        }

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        sectors: Sequence[Sector],
        limits: dict[Frame, Decimal],
        **kwargs: Any,
    ) -> None:
        self.years, self.sectors, self.limits = years, sectors, limits
        stored = {limit_name(frame): most for frame, most in limits.items()}
        initial = {**stored, "version": kwargs["instance"].version, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        for year in years:
            self.fields[limit_name(Frame(year, None))] = _kroner_field(year)
            for sector in sectors:
                self.fields[limit_name(Frame(year, sector.pk))] = _people_field(year, sector)

    def rows(self) -> list[tuple[str, list[tuple[int, BoundField]]]]:
        """Row by row for the table: money, then person-years of each sector, over the years."""
        named = [
            (_("Kroner i alt"), None),
            *(
                (_("Årsverk i {sector}").format(sector=sector.short_name), sector.pk)
                for sector in self.sectors
            ),
        ]
        return [
            (words, [(year, self[limit_name(Frame(year, sector))]) for year in self.years])
            for words, sector in named
        ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Scenario.objects.filter(round=self.instance.round, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Det finnes allerede et scenario med dette navnet."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._refuse_stale(cleaned.get("version"))
        return cleaned

    def _refuse_stale(self, version: int | None) -> None:
        """As for other shared texts. The limits are rows of their own, so theirs are filled in."""
        refuse_stale(self, version=version, stored=self.instance)
        theirs = getattr(self, "theirs", {})
        for frame in self._frames():
            if limit_name(frame) in theirs:
                theirs[limit_name(frame)]["value"] = number(self.limits.get(frame))

    def _frames(self) -> list[Frame]:
        keys = [None, *(sector.pk for sector in self.sectors)]
        return [Frame(year, key) for year in self.years for key in keys]

    def given_limits(self) -> dict[Frame, Decimal]:
        found = {frame: self.cleaned_data[limit_name(frame)] for frame in self._frames()}
        return {frame: most for frame, most in found.items() if most is not None}


def limit_name(frame: Frame) -> str:
    """The field's name; its id begins with «id_», and a limit that is too low is linked to."""
    return f"limit_{frame.year}" if frame.sector is None else f"limit_{frame.year}_{frame.sector}"


def _kroner_field(year: int) -> KronerField:
    label = _("Kroner i {year}").format(year=year)
    return KronerField(
        label=label,
        required=False,
        widget=KronerField.widget(attrs={"aria-label": label}),
        error_messages={"min_value": NEGATIVE},
    )


def _people_field(year: int, sector: Sector) -> PersonYearsField:
    label = _("Årsverk i {sector} i {year}").format(sector=sector.short_name, year=year)
    return PersonYearsField(
        label=label,
        required=False,
        widget=PersonYearsField.widget(attrs={"aria-label": label}),
        error_messages={"min_value": NEGATIVE},
    )


class RuleForm(forms.Form):
    """One condition: an idea, what is demanded of it, and the other idea when it is about two."""

    entry = forms.TypedChoiceField(
        label=gettext_lazy("Idé"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg ideen det gjelder.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Vilkår"),
        choices=[("", gettext_lazy("Velg vilkår")), *RuleKind.choices],
        error_messages={"required": gettext_lazy("Velg hva som skal gjelde.")},
    )
    other = forms.TypedChoiceField(
        label=gettext_lazy("Den andre ideen"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, ideas: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Velg idé")), *ideas]
        self.fields["entry"].choices = choices
        self.fields["other"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, other = cleaned.get("kind"), cleaned.get("other")
        if kind in OF_TWO and "other" in cleaned:
            if other is None:
                self.add_error("other", _("Velg den andre ideen."))
            elif other == cleaned.get("entry"):
                self.add_error("other", _("Velg to forskjellige ideer."))
        elif kind and kind not in OF_TWO and other is not None:
            self.add_error("other", _("Dette vilkåret gjelder bare én idé. Fjern den andre."))
        return cleaned


class BaseRuleFormSet(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if forms.formsets.DELETION_FIELD_NAME in form.fields:
            form.fields[forms.formsets.DELETION_FIELD_NAME].label = _("Ta bort vilkåret")

    def rules(self, entries: dict[int, Entry]) -> list[tuple[RuleKind, Entry, Entry | None]]:
        rows = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and form not in self.deleted_forms
        ]
        return [
            (
                RuleKind(row["kind"]),
                entries[row["entry"]],
                None if row["other"] is None else entries[row["other"]],
            )
            for row in rows
        ]


def rule_form_set(*, extra: int) -> type[BaseRuleFormSet]:
    made: type[BaseRuleFormSet] = forms.formset_factory(
        RuleForm,
        formset=BaseRuleFormSet,
        extra=extra,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_RULES,
        absolute_max=MOST_RULES,
    )
    return made
