"""The form of a benefit, in groups: what gets better, how it is taken out, how it is measured."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from benefits import change_story
from benefits.forms.indicators import SHORT, IndicatorForm
from benefits.models import Benefit, BenefitKind, BenefitUse
from core.fields import KronerField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.widgets import DateInput
from municipality.models import StrategyGoal
from projects.forms.lines import people_to_choose, plain_errors

NOT_A_SHARE = _("Skriv en prosent som et helt tall, for eksempel 80.")


def share_field(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=1000,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", **SHORT}),
        error_messages={
            "invalid": NOT_A_SHARE,
            "min_value": NOT_A_SHARE,
            "max_value": _("Skriv høyst 1000 prosent."),
        },
    )


class BenefitForm(forms.ModelForm):
    is_disbenefit = forms.TypedChoiceField(
        label=_("Gevinst eller ulempe?"),
        help_text=_("En ulempe trekkes fra i alle summer."),
        choices=[
            ("False", _("Gevinst: noe blir bedre")),
            ("True", _("Ulempe: noe blir dårligere")),
        ],
        coerce=lambda value: value == "True",
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    kroner_per_person_year = KronerField(
        label=_("Kroner per årsverk"),
        required=False,
        help_text=_(
            "Bare for frigjort tid som tas ut som budsjettreduksjon. Uten tallet regnes den ikke "
            "om til kroner."
        ),
    )
    low_share = share_field(
        _("Lavt anslag, prosent av planen"), _("Hvis det går dårlig. Høyst 100.")
    )
    high_share = share_field(
        _("Høyt anslag, prosent av planen"), _("Hvis det går svært godt. Minst 100.")
    )

    class Meta:
        model = Benefit
        fields = [
            "name",
            "meaning",
            "is_disbenefit",
            "receiver",
            "owner",
            "kind",
            "use",
            "use_described",
            "kroner_per_person_year",
            "product",
            "importance",
            "importance_reason",
            "assumptions",
            "goal",
            "realised_from",
            "follows_project",
            "low_share",
            "high_share",
        ]
        labels = {
            "name": _("Hva skal bli bedre?"),
            "meaning": _("Hva betyr det for folk?"),
            "owner": _("Gevinsteier"),
            "receiver": _("Hvem får den?"),
            "kind": _("Type"),
            "use": _("Hva brukes gevinsten til?"),
            "use_described": _("Slik tas gevinsten ut"),
            "product": _("Produktet gevinsten kommer av"),
            "assumptions": _("Hva må være på plass?"),
            "realised_from": _("Når begynner gevinsten?"),
        }
        help_texts = {
            "meaning": _("Én setning. Blir offentlig."),
            "owner": _("Den som måler og svarer for gevinsten."),
            "kind": _("Kroner, årsverk og kvalitet legges aldri sammen."),
            "importance": _("Bare for kvalitet, som ikke har en pris."),
        }
        error_messages = {
            "name": {"required": _("Skriv hva som skal bli bedre.")},
            "owner": {"required": _("Velg hvem som eier gevinsten.")},
            "kind": {"required": _("Velg type.")},
            "receiver": {"required": _("Velg hvem som får gevinsten.")},
            "use": {"required": _("Velg hva gevinsten brukes til.")},
        }
        widgets = {
            "realised_from": DateInput(SHORT),
            "assumptions": forms.Textarea({"rows": 3}),
            "kind": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._planned = change_story.values(self.instance, change_story.PLAN_FIELDS)
        self.initial["is_disbenefit"] = str(self.instance.is_disbenefit)
        plain_errors(self.fields)
        self.fields["owner"].queryset = people_to_choose(self.instance.owner_id)
        self.fields["owner"].empty_label = _("Velg eier")
        self.fields["goal"].queryset = StrategyGoal.objects.in_order()
        self.fields["goal"].empty_label = _("Ikke knyttet til et mål")
        self.fields["importance"].choices = [
            ("", _("Ikke vurdert")),
            *self.fields["importance"].choices[1:],
        ]
        for name in ("is_disbenefit", "follows_project"):
            self.fields[name].may_wait = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, use = cleaned.get("kind"), cleaned.get("use")
        if kind and use:
            is_cut = kind == BenefitKind.TIME and use == BenefitUse.BUDGET
            self._only_when(
                is_cut,
                "kroner_per_person_year",
                _("Årsverk regnes bare om til kroner for frigjort tid og budsjettreduksjon."),
            )
        if kind:
            self._only_when(
                kind == BenefitKind.QUALITY,
                "importance",
                _("Bare kvalitet har betydning. De andre typene telles i kroner eller årsverk."),
            )
        return cleaned

    def _only_when(self, applies: bool, name: str, why: Any) -> None:
        """What does not apply any more is let go. What is typed now, is answered."""
        if applies or self.cleaned_data.get(name) is None:
            return
        if name in self.changed_data:
            self.add_error(name, why)
        else:
            self.cleaned_data[name] = None

    @property
    def changes_plan(self) -> bool:
        return self._planned != change_story.values(self.instance, change_story.PLAN_FIELDS)


class NewBenefitForm(BenefitForm):
    submission_key = SubmissionKeyField()
    later = forms.BooleanField(
        label=_("Legg til måleindikator senere"),
        required=False,
        help_text=_("Gevinsten står i registeret uten tall til dere vet hvordan den måles."),
    )


class EditBenefitForm(BenefitForm):
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class ReasonForm(forms.Form):
    """Why a plan that is frozen is changed."""

    reason = forms.CharField(
        label=_("Hvorfor endres planen?"),
        help_text=_(
            "Planen er låst. Endrer du måltall, datoer, uttak eller tall per år, blir begrunnelsen "
            "stående sammen med det som var."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_errors(self.fields)
        self.fields["reason"].may_wait = True
        if label:
            self.fields["reason"].label = label

    def require(self) -> None:
        if not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Skriv hvorfor. Én setning holder."))


class Description:
    """The forms of the page as one: about the benefit, how it is measured, why the plan changes."""

    def __init__(
        self,
        about: BenefitForm,
        measured: IndicatorForm | None,
        why: ReasonForm | None,
        *,
        is_new: bool = False,
    ) -> None:
        self.about, self.measured, self.why, self.is_new = about, measured, why, is_new

    def is_valid(self) -> bool:
        """All are asked, so that everything to be put right is said at once."""
        parts = [self.about.is_valid(), self._measured_is_valid()]
        if self.why is not None and self.why.is_valid() and self._needs_reason():
            self.why.require()
        return all(parts) and (self.why is None or self.why.is_valid())

    def _measured_is_valid(self) -> bool:
        return self.is_measured_later or self.measured is None or self.measured.is_valid()

    @property
    def is_measured_later(self) -> bool:
        return bool(self.about.is_bound and self.about.cleaned_data.get("later"))

    def _needs_reason(self) -> bool:
        return self.is_new or any(
            part.changes_plan for part in (self.about, self.measured) if part is not None
        )

    @property
    def indicator(self) -> Any:
        """As the form filled it in; none when it is to come later."""
        return None if self.measured is None or self.is_measured_later else self.measured.instance

    @property
    def reason(self) -> str:
        return self.why.cleaned_data["reason"] if self.why else ""

    # The summary of errors reads these, as of one form.

    def _parts(self) -> list[Any]:
        measured = [] if self.is_measured_later or self.measured is None else [self.measured]
        return [self.about, *measured, *([self.why] if self.why else [])]

    def non_field_errors(self) -> list[str]:
        return [error for part in self._parts() for error in part.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        for part in self._parts():
            yield from part
