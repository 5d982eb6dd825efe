"""A set of criteria as it is written: names and weights together, and one criterion's questions.

Sets are counted by no version column of their own, so what the person saw is sent along (`seen`):
the second of two who edit at once is told, and what was typed stays.
"""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from prioritization.actions.criteria import SUM_OF_WEIGHTS, CriterionText, QuestionText
from prioritization.models import CriteriaSet, Criterion, Direction, Question

MOST_CRITERIA = 12
MOST_QUESTIONS = 12


class SeenForm(forms.Form):
    """Guards against two who edit at once. `stored` is what stands there now, as one text."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stored: str, **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(*args, initial={**kwargs.pop("initial", {}), "seen": stored}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.stored:
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = self.stored
            self.data = typed
            self.add_error(
                None,
                _(
                    "Noen andre endret dette mens du skrev. Det du skrev, står her. Lagre igjen "
                    "hvis det er ditt som skal gjelde."
                ),
            )
        return cleaned


class CriteriaVersionForm(forms.Form):
    """What a new version is called. `taken` are the names in use in the same stage."""

    version = forms.CharField(
        label=_("Hva skal den nye versjonen hete?"),
        help_text=_("Bruk gjerne året den skal brukes fra, som 2027."),
        max_length=20,
        widget=forms.TextInput(attrs={"data-width": "short"}),
        error_messages={
            "required": _("Skriv hva versjonen skal hete, for eksempel 2027."),
            "max_length": _("Navnet på versjonen kan ha høyst %(limit_value)d tegn."),
        },
    )

    def __init__(self, *args: Any, taken: set[str], **kwargs: Any) -> None:
        self.taken = taken
        super().__init__(*args, **kwargs)

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"]
        if version in self.taken:
            raise forms.ValidationError(
                _("Det finnes allerede en versjon som heter {version}.").format(version=version)
            )
        return version


class CriteriaSetForm(SeenForm, CriteriaVersionForm):
    """The set's own texts, above its criteria."""

    name = forms.CharField(
        label=_("Hva heter steget?"),
        max_length=120,
        error_messages={
            "required": _("Skriv hva steget heter."),
            "max_length": _("Navnet kan ha høyst %(limit_value)d tegn."),
        },
    )
    source = forms.CharField(
        label=_("Hvor kommer kriteriene fra?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    field_order = ["seen", "name", "version", "source"]

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        rows = list(criteria_set.criteria.values_list("pk", "name", "short_name", "weight"))
        texts = {
            "name": criteria_set.name,
            "version": criteria_set.version,
            "source": criteria_set.source,
        }
        others = CriteriaSet.objects.filter(stage=criteria_set.stage).exclude(pk=criteria_set.pk)
        super().__init__(
            *args,
            stored=repr([texts, rows]),
            taken=set(others.values_list("version", flat=True)),
            initial=texts,
            **kwargs,
        )
        self.fields["version"].label = _("Hva heter versjonen?")


class CriterionForm(forms.Form):
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Kriterium"),
        max_length=200,
        error_messages={
            "required": _("Skriv hva kriteriet er."),
            "max_length": _("Kriteriet kan ha høyst %(limit_value)d tegn."),
        },
    )
    short_name = forms.CharField(
        label=_("Kortnavn"),
        help_text=_("Ett ord, til tabeller og figurer."),
        max_length=20,
        widget=forms.TextInput(attrs={"data-width": "short"}),
        error_messages={
            "required": _("Skriv et kortnavn."),
            "max_length": _("Kortnavnet kan ha høyst %(limit_value)d tegn."),
        },
    )
    weight = forms.IntegerField(
        label=_("Vekt"),
        min_value=1,
        max_value=SUM_OF_WEIGHTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
        error_messages={
            "required": _("Skriv vekten, fra 1 til 100."),
            "invalid": _("Skriv vekten som et helt tall, fra 1 til 100."),
            "min_value": _("Vekten må være fra 1 til 100."),
            "max_value": _("Vekten må være fra 1 til 100."),
        },
    )


class RowsFormSet(forms.BaseFormSet):
    """Rows that are kept, in their order: those not ticked for removal, and the filled new one."""

    @property
    def kept(self) -> list[dict[str, Any]]:
        return [
            form.cleaned_data
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data
        ]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if forms.formsets.DELETION_FIELD_NAME in form.fields:
            form.fields[forms.formsets.DELETION_FIELD_NAME].label = _("Ta bort")


class BaseCriteriaFormSet(RowsFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        total = sum(row["weight"] for row in self.kept)
        if total != SUM_OF_WEIGHTS:
            raise forms.ValidationError(
                _("Vektene blir {total} til sammen. De skal bli 100.").format(total=total)
            )

    def criteria(self) -> list[CriterionText]:
        return [
            CriterionText(row["name"], row["short_name"], row["weight"], row["pk"])
            for row in self.kept
        ]


CriteriaFormSet = forms.formset_factory(
    CriterionForm,
    formset=BaseCriteriaFormSet,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_CRITERIA,
    absolute_max=MOST_CRITERIA,
)


def criteria_rows(criteria_set: CriteriaSet) -> list[dict[str, Any]]:
    return list(criteria_set.criteria.values("pk", "name", "short_name", "weight"))


def _guidance(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Veiledningen kan ha høyst %(limit_value)d tegn.")},
    )


class QuestionForm(forms.Form):
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Spørsmål"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Skriv spørsmålet."),
            "max_length": _("Spørsmålet kan ha høyst %(limit_value)d tegn."),
        },
    )
    direction = forms.ChoiceField(
        label=_("Hva gjør et høyt svar med poengene?"),
        choices=Direction.choices,
        widget=forms.RadioSelect,
        initial=Direction.UP,
        error_messages={"required": _("Velg hva et høyt svar gjør med poengene.")},
    )
    is_direction_chosen = forms.BooleanField(
        label=_("Hver runde velger retning selv"),
        help_text=_("Når det ikke er gitt hvilken vei svaret teller. Valget over er forslaget."),
        required=False,
    )
    guidance_low = _guidance(_("Lav betyr"))
    guidance_medium = _guidance(_("Middels betyr"))
    guidance_high = _guidance(_("Høy betyr"))


class BaseQuestionFormSet(RowsFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.kept:
            raise forms.ValidationError(_("Et kriterium må ha minst ett spørsmål."))

    def questions(self) -> list[QuestionText]:
        names = QuestionText.__dataclass_fields__
        return [QuestionText(**{name: row[name] for name in names}) for row in self.kept]


QuestionFormSet = forms.formset_factory(
    QuestionForm,
    formset=BaseQuestionFormSet,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS,
)


def question_rows(criterion: Criterion) -> list[dict[str, Any]]:
    return list(
        Question.objects.filter(criterion=criterion).values(*QuestionText.__dataclass_fields__)
    )


def seen_questions(criterion: Criterion) -> str:
    return repr(question_rows(criterion))
