from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from core.widgets import LevelRadioSelect
from maturity.models import Answer


class LevelField(forms.TypedChoiceField):
    """Not required now, yet not optional either: it is asked for before the sector submits."""

    may_wait = True


class ReasonField(forms.CharField):
    may_wait = True


class AnswerForm(forms.ModelForm):
    """The level in one area, with its reason. Half done is allowed until the sector submits."""

    version = VersionField()
    level = LevelField(
        label=_("Hvilket nivå er dere på?"),
        help_text=_("Det er dere som bestemmer."),
        widget=LevelRadioSelect,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Nivået må være fra 1 til 5.")},
    )

    reason = ReasonField(
        label=_("Hvorfor dette nivået?"),
        help_text=_(
            "Skriv det du ville sagt til en kollega. Begrunnelsen leses før tallet, og alle kan "
            "lese den når dere har levert."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        error_messages={"max_length": _("Begrunnelsen kan ha høyst %(limit_value)d tegn.")},
    )

    class Meta:
        model = Answer
        fields = ["level", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = self.instance.area.levels.all()
        self.fields["level"].choices = [(level.level, level.name) for level in levels]
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned
