"""The consensus meeting: an answer on a phone, and what was agreed on."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.widgets import SegmentedRadioSelect
from prioritization.models import FinalAnswer, ScoreLevel

LONG_REASON = 500


class RequiredLevelField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        words = _("Velg lav, middels eller høy.")
        super().__init__(
            choices=ScoreLevel.choices,
            coerce=int,
            widget=SegmentedRadioSelect,
            error_messages={"required": words, "invalid_choice": words},
            **kwargs,
        )


class BallotForm(forms.Form):
    level = RequiredLevelField(label=_("Svaret ditt nå"))


class AgreementForm(forms.Form):
    """`stored` is what is agreed now, with its entry locked by the caller.

    When that is another than the one the page showed, the person is told, and what they wrote
    stays in the form.
    """

    level = RequiredLevelField(label=_("Avtalt svar"))
    reason = forms.CharField(
        label=_("Hvorfor, med egne ord"),
        max_length=LONG_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Skriv hvorfor dere landet på dette."),
            "max_length": _("Begrunnelsen er for lang. Den kan ha 500 tegn."),
            "null_characters_not_allowed": _("Begrunnelsen har tegn vi ikke kan lagre."),
        },
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: FinalAnswer | None, **kwargs: Any) -> None:
        self.stored = stored
        initial: dict[str, Any] = {"seen": self.stored_mark}
        if stored is not None:
            initial |= {"level": stored.level, "reason": stored.reason}
        super().__init__(*args, initial=initial, **kwargs)
        self.theirs: dict[str, dict[str, Any]] = {}

    @property
    def stored_mark(self) -> str:
        return self.stored.agreed_at.isoformat() if self.stored else ""

    def clean(self) -> None:
        if self.cleaned_data.get("seen", "") == self.stored_mark:
            return
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = self.stored_mark
        self.data = typed
        if self.stored is None:
            words = _("Det avtalte svaret er tatt bort. Lagrer du nå, gjelder ditt.")
        else:
            self.theirs = {
                "level": {
                    "label": self.fields["level"].label,
                    "value": self.stored.get_level_display(),
                },
                "reason": {"label": _("Begrunnelse"), "value": self.stored.reason},
            }
            words = _("{who} avtalte et annet svar mens du skrev. Velg hva som skal gjelde.")
            words = words.format(who=self.stored.agreed_by)
        self.add_error(None, words)
