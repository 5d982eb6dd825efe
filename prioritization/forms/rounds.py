"""Opening, changing and reopening a round."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import roles
from core.form_guards import SubmissionKeyField
from core.formatting import day
from core.widgets import DateInput
from municipality.models import Phase, User

# Who can be asked for points. The first two are chosen from the start.
SCORER_ROLES = (
    roles.MANAGEMENT,
    roles.SECTOR_LEADER,
    roles.DIGITALISATION_TEAM,
    roles.ICT_BOARD,
    roles.PROJECT_OWNER,
    roles.PROJECT_MANAGER,
)
USUAL_ROLES = SCORER_ROLES[:2]


class ScorersField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.filter(groups__name__in=SCORER_ROLES, is_active=True)
            .select_related("sector")
            .order_by("name", "pk")
            .distinct(),
            label=_("Hvem skal sette poeng?"),
            help_text=_(
                "De får en e-post med lenke. Ingen ser de andres svar før de har gitt sine."
            ),
            error_messages={"required": _("Velg minst én som skal sette poeng.")},
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}, {obj.sector.short_name}" if obj.sector else obj.name


class ClosingDayForm(forms.Form):
    """The last day for points lies between today and the last day of the phase."""

    closes_on = forms.DateField(
        label=_("Siste dag for poeng"),
        widget=DateInput(attrs={"data-width": "short"}),
        error_messages={
            "required": _("Velg siste dag for poeng."),
            "invalid": _("Skriv datoen slik: 12.06.2026."),
        },
    )

    def __init__(self, *args: Any, phase: Phase, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phase, self.on = phase, on
        self.fields["closes_on"].help_text = _("Fasen er åpen til og med {date}.").format(
            date=day(phase.closes_on, today=on)
        )

    def clean_closes_on(self) -> dt.date:
        closes_on: dt.date = self.cleaned_data["closes_on"]
        if closes_on < self.on:
            raise forms.ValidationError(_("Velg en dag som ikke er passert."))
        if closes_on > self.phase.closes_on:
            raise forms.ValidationError(
                _("Fasen er stengt da. Velg {date} eller tidligere.").format(
                    date=day(self.phase.closes_on, today=self.on)
                )
            )
        return closes_on


class RoundForm(ClosingDayForm):
    scorers = ScorersField()
    submission_key = SubmissionKeyField()

    field_order = ["scorers", "closes_on"]


class ChangeRoundForm(ClosingDayForm):
    scorers = ScorersField()

    field_order = ["scorers", "closes_on"]


class ReopenForm(ClosingDayForm):
    reason = forms.CharField(
        label=_("Hvorfor åpner du runden igjen?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hvorfor. Det blir stående i historikken.")},
    )

    field_order = ["reason", "closes_on"]
