"""Forms for what is kept in versions: what a new one is called, and the rows a draft is made of.

A draft has no version column of its own, so what the person saw is sent along (`seen`): the second
of two who edit at once is told, and what was typed stays.
"""

from typing import Any, ClassVar, cast

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class VersionNameForm(forms.Form):
    """What a new version is called. `taken` are the names that are in use."""

    EXAMPLE: ClassVar[str] = "2027"
    HELP: ClassVar[Any] = _("Bruk gjerne året den skal brukes fra, som 2027.")

    version = forms.CharField(
        label=_("Hva skal den nye versjonen hete?"),
        max_length=20,
        widget=forms.TextInput(attrs={"data-width": "short"}),
        error_messages={
            "max_length": _("Navnet på versjonen kan ha høyst %(limit_value)d tegn."),
        },
    )

    def __init__(self, *args: Any, taken: set[str], **kwargs: Any) -> None:
        self.taken = taken
        super().__init__(*args, **kwargs)
        field = self.fields["version"]
        field.help_text = self.HELP
        field.error_messages["required"] = _now(
            "Skriv hva versjonen skal hete, for eksempel {example}."
        ).format(example=self.EXAMPLE)

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"]
        if version in self.taken:
            raise forms.ValidationError(
                _now("Det finnes allerede en versjon som heter {version}.").format(version=version)
            )
        return version


class SeenForm(forms.Form):
    """Guards against two who edit at once. `stored` is what stands there now, as one text."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stored: str, **kwargs: Any) -> None:
        self.stored = stored
        kwargs["initial"] = {**kwargs.get("initial", {}), "seen": stored}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.stored:
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = self.stored
            self.data = typed
            self.add_error(
                None,
                _now(
                    "Noen andre endret dette mens du skrev. Det du skrev, står her. Lagre igjen "
                    "hvis det er ditt som skal gjelde."
                ),
            )
        return cleaned


class RowsFormSet(forms.BaseFormSet):
    """Rows that are kept, in their order: those not ticked for removal, and the filled new one."""

    @property
    def kept(self) -> list[dict[str, Any]]:
        forms_ = [
            form for form in self.forms if form not in self.deleted_forms and form.cleaned_data
        ]
        if self.can_order:
            forms_.sort(key=_place)
        return [form.cleaned_data for form in forms_]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Ta bort")
        if ORDERING_FIELD_NAME in form.fields:
            place = form.fields[ORDERING_FIELD_NAME]
            place.label = _("Plass")
            place.widget = forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"})
            place.error_messages["invalid"] = _now("Skriv plassen som et helt tall.")


def _place(form: forms.Form) -> tuple[float, int]:
    """Its place, and before or after the one that had it when the row was moved up or down."""
    place = form.cleaned_data.get(ORDERING_FIELD_NAME)
    if place is None:
        return float("inf"), 0
    before = form.fields[ORDERING_FIELD_NAME].initial
    moved = 0 if before is None or place == before else -1 if place < before else 1
    return place, moved
