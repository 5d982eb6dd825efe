"""Forms whose words become public: they are looked through for personal data before sending."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ideas import personal_data
from ideas.personal_data import Finding, Found

LOOKS_LIKE = {
    Found.NATIONAL_ID: _("Det ser ut som du har skrevet et fødselsnummer."),
    Found.PHONE: _("Det ser ut som du har skrevet et telefonnummer."),
    Found.EMAIL: _("Det ser ut som du har skrevet en e-postadresse."),
}
WORST_FIRST = (Found.NATIONAL_ID, Found.PHONE, Found.EMAIL)


@dataclass(frozen=True)
class Warned:
    """What a field holds that looks like personal data."""

    findings: list[Finding]

    @property
    def kind(self) -> Found:
        kinds = {finding.kind for finding in self.findings}
        return next(kind for kind in WORST_FIRST if kind in kinds)

    @property
    def message(self) -> str:
        return str(LOOKS_LIKE[self.kind])

    @property
    def is_national_id(self) -> bool:
        return self.kind == Found.NATIONAL_ID

    @property
    def texts(self) -> list[str]:
        return list(dict.fromkeys(finding.text for finding in self.findings))


class LookedThrough(forms.Form):
    """Warns of personal data, once. The template shows ideas/personal_warning.html per field.

    Its buttons send `personal`: take it out and show the form again, or send anyway.
    """

    LOOKED_THROUGH: tuple[str, ...] = ()
    SEND_ANYWAY = "keep"
    TAKE_OUT = "remove"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: dict[str, Warned] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._look_through(cleaned)
        return cleaned

    def _look_through(self, cleaned: dict[str, Any]) -> None:
        """A national identity number is never taken."""
        may_stand = self.data.get("personal") == self.SEND_ANYWAY
        for name in self.LOOKED_THROUGH:
            findings = personal_data.find(cleaned.get(name) or "")
            if not findings:
                continue
            warned = Warned(findings)
            if warned.is_national_id or not may_stand:
                self.warnings[name] = warned
                self.add_error(name, warned.message)

    def is_ready(self) -> bool:
        """Right, and not sent only to have what looks like personal data taken out."""
        if self.is_bound and self.data.get("personal") == self.TAKE_OUT:
            self.full_clean()
            self.take_out_personal_data()
            self.errors.clear()
            return False
        return self.is_valid()

    def take_out_personal_data(self) -> None:
        """Let the form be shown again without what was warned of."""
        changed = cast(QueryDict, self.data).copy()
        for name in self.LOOKED_THROUGH:
            changed[name] = personal_data.without(changed.get(name, ""))
        self.data = changed
        self.warnings = {}
