import hashlib
import json
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.workbook_fields import WorkbookUploadField
from prioritization.workbook.changes import Difference


class WorkbookForm(forms.Form):
    file = WorkbookUploadField(label=_("Det utfylte regnearket"))


class ConfirmForm(forms.Form):
    """Says yes to the differences that are shown, and to no others."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, differences: Sequence[Difference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = _fingerprint(differences)
        self.fields["seen"].initial = self.now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.now:
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = self.now
            self.data = typed
            self.add_error(
                None,
                _("Svarene er endret i et annet vindu. Les gjennom forskjellene på nytt."),
            )
        return cleaned


def _fingerprint(differences: Sequence[Difference]) -> str:
    shown = [
        [each.entry.pk, each.question.pk, repr(each.before), repr(each.after)]
        for each in differences
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]
