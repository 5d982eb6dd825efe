"""What the team answers with: each outcome with what it needs, and always why."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.widgets import DateInput
from ideas import actions
from ideas.forms.handling import ReasonForm
from ideas.models import Idea, IdeaStatus
from municipality.models import User

Act = Callable[[Idea], None]


class OutcomeForm(ReasonForm):
    """Knows what becomes of an idea (`act`), and how it will look (`foreshadow`)."""

    status: IdeaStatus
    heading: Any
    lead: Any
    verb: Any

    def act(self, *, by: User, at: dt.datetime) -> Act:
        raise NotImplementedError

    def foreshadow(self, idea: Idea) -> None:
        """Let `idea`, which is not saved, be as it will be when this is sent."""
        idea.status = self.status

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What was filled in beside the reason, in words."""
        return []


class LineForm(OutcomeForm):
    status = IdeaStatus.LINE
    heading = _("La linja gjøre det?")
    lead = _("For det som er lite nok til bare å bli gjort, uten et prosjekt.")
    verb = _("Gi ideen til linja")

    unit = forms.CharField(
        label=_("Hvilken enhet tar den?"),
        max_length=120,
        help_text=_("For eksempel servicetorget eller teknisk drift. Blir offentlig."),
        error_messages={"required": _("Skriv hvilken enhet som tar den.")},
    )
    person = forms.ModelChoiceField(
        label=_("Hvem der?"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Ingen bestemt"),
        help_text=_("Får en e-post om ideen. Navnet vises bare internt."),
    )
    field_order = ["unit", "person", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def act(self, *, by: User, at: dt.datetime) -> Act:
        typed = self.cleaned_data
        return lambda idea: actions.give_to_line(
            idea,
            unit=typed["unit"],
            person=typed["person"],
            reason=typed["reason"],
            by=by,
            at=at,
        )

    def foreshadow(self, idea: Idea) -> None:
        super().foreshadow(idea)
        idea.line_unit = self.cleaned_data["unit"]

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        person = self.cleaned_data["person"]
        return [
            (_("Enhet"), self.cleaned_data["unit"]),
            (_("Person"), person or _("Ingen bestemt")),
        ]


class ParkForm(OutcomeForm):
    status = IdeaStatus.PARKED
    heading = _("Parkere ideen til en dato?")
    lead = _("Den kommer tilbake til innboksen av seg selv den dagen.")
    verb = _("Parker ideen")

    until = forms.DateField(
        label=_("Til når?"),
        widget=DateInput(attrs={"data-width": "short"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv datoen slik: 25.10.2026."),
        },
    )
    field_order = ["until", "reason"]

    def clean_until(self) -> dt.date:
        until = self.cleaned_data["until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(_("Velg en dato fram i tid."))
        return until

    def act(self, *, by: User, at: dt.datetime) -> Act:
        typed = self.cleaned_data
        return lambda idea: actions.park(
            idea, until=typed["until"], reason=typed["reason"], by=by, at=at
        )

    def foreshadow(self, idea: Idea) -> None:
        super().foreshadow(idea)
        idea.parked_to = self.cleaned_data["until"]


class DeclineForm(OutcomeForm):
    status = IdeaStatus.DECLINED
    heading = _("Si nei til ideen?")
    lead = _("Et nei med en grunn er også et svar.")
    verb = _("Ikke gå videre")

    def act(self, *, by: User, at: dt.datetime) -> Act:
        reason = self.cleaned_data["reason"]
        return lambda idea: actions.decline(idea, reason=reason, by=by, at=at)


# As they stand in the address.
OUTCOME_FORMS: dict[str, type[OutcomeForm]] = {
    "linja": LineForm,
    "parkert": ParkForm,
    "nei": DeclineForm,
}
