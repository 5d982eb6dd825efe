"""What the team types when a year is closed, and the administrator when it is opened again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annual.closing import Check
from annual.models import ClosedYear, ClosingWaiver

MOST_IN_A_REASON = ClosingWaiver._meta.get_field("reason").max_length


class ClosingForm(forms.Form):
    """A reason for each thing that is left as it is, and a note for those who read it later."""

    note = forms.CharField(
        label=_("Merknad til året"),
        help_text=_("Står på siden om året, for alle som er logget inn."),
        required=False,
        max_length=ClosedYear._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Merknaden er for lang. Kort den ned litt.")},
    )

    def __init__(self, *args: Any, waivable: Sequence[Check] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waivable = waivable
        for check in waivable:
            self.fields[_name(check)] = forms.CharField(
                label=_("{title}: hvorfor kan året lukkes likevel?").format(title=check.title),
                help_text=check.sentence,
                max_length=MOST_IN_A_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={
                    "required": _("Skriv hvorfor. Én setning holder."),
                    "max_length": _("Begrunnelsen er for lang. Kort den ned litt."),
                },
            )
        self.order_fields([*map(_name, waivable), "note"])

    def reasons(self) -> dict[str, str]:
        return {check.key: self.cleaned_data[_name(check)] for check in self.waivable}


def _name(check: Check) -> str:
    return f"reason_{check.key}"


class ReopeningForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor skal året åpnes igjen?"),
        help_text=_("Står i historikken."),
        max_length=ClosedYear._meta.get_field("reopened_because").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Skriv hvorfor. Det er vedtak og tall som kan bli endret."),
            "max_length": _("Begrunnelsen er for lang. Kort den ned litt."),
        },
    )
