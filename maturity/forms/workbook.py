from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.workbook_fields import WorkbookUploadField
from maturity.workbook.changes import AreaChange

FROM_FILE, AS_STORED = "file", "stored"


class WorkbookForm(forms.Form):
    file = WorkbookUploadField(label=_("Det utfylte skjemaet"))


class ConfirmForm(forms.Form):
    """Says yes to what is shown. Where both sides have changed, one of them is chosen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, changes: Sequence[AreaChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = changes
        self.fields["seen"].initial = self._now
        for change in changes:
            if change.is_conflict:
                self.fields[f"choice-{change.code}"] = _choice(change)

    @property
    def _now(self) -> str:
        """The version of every answer that the differences were counted from."""
        return " ".join(f"{change.code}:{change.answer.version}" for change in self.changes)

    def choice(self, change: AreaChange) -> BoundField | None:
        return self[f"choice-{change.code}"] if change.is_conflict else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self._now:
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = self._now
            self.data = typed
            self.add_error(
                None, _("Noen har lagret noe mens du så på. Les gjennom forskjellene på nytt.")
            )
        return cleaned

    def chosen(self) -> list[AreaChange]:
        """The changes that shall be saved, after `is_valid`."""
        return [
            change
            for change in self.changes
            if change.is_change
            and self.cleaned_data.get(f"choice-{change.code}", FROM_FILE) == FROM_FILE
        ]


def _choice(change: AreaChange) -> forms.ChoiceField:
    area = change.answer.area.name
    return forms.ChoiceField(
        label=_("Hva skal gjelde for {area}?").format(area=area),
        widget=forms.RadioSelect,
        choices=[(AS_STORED, _("Det som er lagret nå")), (FROM_FILE, _("Det som står i fila"))],
        error_messages={
            "required": _("Velg hva som skal gjelde for {area}.").format(area=area),
            "invalid_choice": _("Velg hva som skal gjelde for {area}.").format(area=area),
        },
    )
