"""A set of criteria as it is written: names and weights together, and one criterion's questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.draft_forms import RowsFormSet, SeenForm, VersionNameForm
from prioritization.actions.criteria import SUM_OF_WEIGHTS, CriterionText, QuestionText
from prioritization.models import CriteriaSet, Criterion, Direction, Question

MOST_CRITERIA = 12
MOST_QUESTIONS = 12


class CriteriaSetForm(SeenForm, VersionNameForm):
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
