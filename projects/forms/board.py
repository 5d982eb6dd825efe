"""What people type about IKT-styringsrådet: its meetings, its answers and what follows them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from municipality.models import User
from projects import council
from projects.models import BoardMeeting, ChangeRequest, ChangeRequestStatus

LONG_TEXT = forms.Textarea(attrs={"rows": 4})
MOST_MEMBERS = 20  # nobody needs more to make a decision

# Each choice with what follows from it.
OUTCOME_CHOICES = [
    (ChangeRequestStatus.APPROVED, _("Godkjent. Planen flyttes, og prosjektet vurderer på nytt.")),
    (ChangeRequestStatus.CONDITIONAL, _("Godkjent med vilkår. Planen flyttes på samme måte.")),
    (ChangeRequestStatus.POSTPONED, _("Utsatt. Saken går tilbake i køen til neste møte.")),
    (ChangeRequestStatus.REJECTED, _("Avslått. Prosjektet følger planen som før.")),
]


class OutcomeForm(forms.Form):
    """What the board answers. The conditions belong to one choice; with script they show then."""

    outcome = forms.ChoiceField(
        label=_("Hva svarer rådet?"),
        choices=OUTCOME_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva rådet svarer.")},
    )
    conditions = forms.CharField(
        label=_("Vilkår"),
        max_length=1000,
        widget=forms.Textarea(
            attrs={"rows": 3, "data-only-for": ChangeRequestStatus.CONDITIONAL.value}
        ),
        help_text=_("Trengs når svaret er godkjent med vilkår. Slik: Ferdig testet før 1. mars."),
        error_messages={"required": _("Skriv hvilke vilkår rådet setter.")},
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=1000,
        widget=LONG_TEXT,
        help_text=_("Går til den som spurte, til prosjektet og i referatet."),
        error_messages={"required": _("Skriv hvorfor rådet svarer slik.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for beside its own choice: until one is made it is not called optional.
        outcome = self.data.get("outcome")
        self.fields["conditions"].required = (
            not self.is_bound or outcome == ChangeRequestStatus.CONDITIONAL
        )


class BoardMeetingForm(forms.ModelForm):
    version = VersionField()

    class Meta:
        model = BoardMeeting
        fields = ["held_at", "place", "chair", "quorum"]
        labels = {
            "held_at": _("Når er møtet?"),
            "place": _("Hvor?"),
            "chair": _("Hvem leder møtet?"),
            "quorum": _("Hvor mange må være til stede?"),
        }
        help_texts = {
            "quorum": _("Medlemmer som kan avgjøre en sak, uten dem som er inhabile i den."),
            "chair": _("Lederen avgjør også det som ikke kan vente på et møte."),
        }
        error_messages = {
            "held_at": {
                "required": _("Skriv dag og klokkeslett."),
                "invalid": _("Skriv dag og klokkeslett slik: 2026-12-01 09:00."),
            },
            "chair": {"required": _("Velg hvem som leder møtet.")},
            "quorum": {"required": _("Skriv hvor mange. Ett tall holder.")},
        }
        widgets = {
            "held_at": forms.DateTimeInput(
                attrs={"type": "datetime-local", "data-width": "short"}, format="%Y-%m-%dT%H:%M"
            ),
            "quorum": forms.NumberInput(attrs={"data-width": "short"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = council.members()
        self.fields["chair"].empty_label = _("Velg medlem")
        self.fields["version"].initial = self.instance.version

    def clean_quorum(self) -> int:
        quorum: int = self.cleaned_data["quorum"]
        if not 1 <= quorum <= MOST_MEMBERS:
            raise forms.ValidationError(
                _("Skriv et tall fra 1 til {most}.").format(most=MOST_MEMBERS)
            )
        return quorum

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class AgendaForm(forms.Form):
    """Cases from the queue, ticked."""

    cases = forms.ModelMultipleChoiceField(
        queryset=ChangeRequest.objects.none(),
        error_messages={
            "required": _("Kryss av for minst én sak."),
            "invalid_choice": _(
                "En av sakene står ikke i køen lenger. Noen har satt den på en saksliste."
            ),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = ChangeRequest.objects.queued()


class AttendanceForm(forms.Form):
    members = forms.ModelMultipleChoiceField(
        label=_("Hvem er til stede?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryss av for minst ett medlem.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = council.members()


class BoardRecusalForm(forms.Form):
    """Which of those present leaves the room for the case, and why."""

    member = forms.ModelChoiceField(
        label=_("Hvem er inhabil?"),
        queryset=User.objects.none(),
        empty_label=_("Velg medlem"),
        error_messages={"required": _("Velg hvem som er inhabil.")},
    )
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Står i referatet."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
    )

    def __init__(self, *args: Any, able: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [person.pk for person in able]
        self.fields["member"].queryset = User.objects.filter(pk__in=keys).order_by("name", "pk")


class CloseMeetingForm(forms.Form):
    notes = forms.CharField(
        label=_("Annet fra møtet"),
        max_length=4000,
        required=False,
        widget=LONG_TEXT,
        help_text=_("Står i referatet. For eksempel det rådet tok til orientering."),
    )


class ReverifyForm(forms.Form):
    after = forms.CharField(
        label=_("Slik er det etter endringen"),
        max_length=160,
        help_text=_("Vi har fylt inn det som står i prosjektet nå. Rett det hvis det er feil."),
        error_messages={"required": _("Skriv hvordan det er nå.")},
    )
    note = forms.CharField(
        label=_("Hva fant dere?"),
        max_length=1000,
        widget=LONG_TEXT,
        help_text=_("Holder det dere ble enige om? Hva må gjøres annerledes?"),
        error_messages={"required": _("Skriv hva dere fant. Én setning holder.")},
    )
