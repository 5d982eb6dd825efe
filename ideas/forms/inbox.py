import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ideas import actions
from ideas.forms.handling import TAGS_LIST, TagsField
from ideas.forms.outcomes import Act, DeclineForm, LineForm, ParkForm
from ideas.models import Idea, SavedFilter
from municipality.models import Sector, User


class SavedFilterForm(forms.ModelForm):
    """A name for a search. The search itself is cleaned of what is not part of it."""

    class Meta:
        model = SavedFilter
        fields = ["name", "query"]
        labels = {"name": _("Navn på søket")}
        error_messages = {"name": {"required": _("Gi søket et navn.")}}
        widgets = {"query": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["query"].required = False

    def clean_query(self) -> str:
        asked = QueryDict(self.cleaned_data["query"])
        kept = [(key, value) for key, value in asked.items() if value and key != "page"]
        return urlencode(kept)


class RenameForm(forms.ModelForm):
    class Meta:
        model = SavedFilter
        fields = ["name"]
        labels = {"name": _("Navn på søket")}
        error_messages = {"name": {"required": _("Gi søket et navn.")}}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = SavedFilter.objects.filter(user=self.instance.user).exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("Du har allerede et søk som heter det."))
        return name


class BulkForm(forms.Form):
    """Something done with many ideas at once."""

    heading: Any
    verb: Any
    tells_the_sender = False

    def act(self, *, by: User, at: dt.datetime) -> Act:
        raise NotImplementedError


class BulkSectorForm(BulkForm):
    heading = _("Sett sektor")
    verb = _("Sett sektoren")

    sector = forms.ModelChoiceField(
        label=_("Sektor"),
        queryset=Sector.objects.all(),
        empty_label=_("Velg sektor"),
        error_messages={"required": _("Velg en sektor.")},
    )

    def act(self, *, by: User, at: dt.datetime) -> Act:
        sector = self.cleaned_data["sector"]
        return lambda idea: actions.set_sector(idea, sector, by=by)


class BulkTagForm(BulkForm):
    heading = _("Legg til stikkord")
    verb = _("Legg til")

    tags = TagsField(
        label=_("Stikkord"),
        help_text=_("Skill dem med komma. De som står der fra før, blir stående."),
        error_messages={"required": _("Skriv minst ett stikkord.")},
        widget=forms.TextInput(attrs={"list": TAGS_LIST, "autocomplete": "off"}),
    )

    def clean_tags(self) -> list[str]:
        if not self.cleaned_data["tags"]:
            raise forms.ValidationError(self.fields["tags"].error_messages["required"])
        return self.cleaned_data["tags"]

    def act(self, *, by: User, at: dt.datetime) -> Act:
        tags = self.cleaned_data["tags"]
        return lambda idea: actions.add_tags(idea, tags, by=by)


class BulkPublishForm(BulkForm):
    heading = _("Vis for alle")
    verb = _("Vis ideene for alle")

    def act(self, *, by: User, at: dt.datetime) -> Act:
        return lambda idea: actions.publish(idea, by=by, at=at)


class BulkHoldForm(BulkForm):
    heading = _("Hold tilbake")
    verb = _("Hold ideene tilbake")

    def act(self, *, by: User, at: dt.datetime) -> Act:
        return lambda idea: actions.hold_back(idea, by=by)


class _Outcome(BulkForm):
    tells_the_sender = True


class BulkLineForm(LineForm, _Outcome):
    heading = _("La linja gjøre det")
    verb = _("Gi ideene til linja")


class BulkParkForm(ParkForm, _Outcome):
    heading = _("Parker til en dato")
    verb = _("Parker ideene")


class BulkDeclineForm(DeclineForm, _Outcome):
    heading = _("Ikke gå videre")
    verb = _("Si nei til ideene")


# As they stand in the address, in the order of the menu.
BULK_FORMS: dict[str, type[BulkForm]] = {
    "sektor": BulkSectorForm,
    "stikkord": BulkTagForm,
    "vis": BulkPublishForm,
    "hold": BulkHoldForm,
    "linja": BulkLineForm,
    "parkert": BulkParkForm,
    "nei": BulkDeclineForm,
}


class ChosenForm(forms.Form):
    """What is ticked in the inbox, and what to do with it."""

    act = forms.ChoiceField(
        label=_("Gjør dette med de valgte"),
        choices=[(key, form.heading) for key, form in BULK_FORMS.items()],
        error_messages={
            "required": _("Velg hva du vil gjøre."),
            "invalid_choice": _("Velg hva du vil gjøre."),
        },
    )
    idea = forms.ModelMultipleChoiceField(
        label=_("Ideer"),
        queryset=Idea.objects.none(),
        to_field_name="code",
        error_messages={"required": _("Kryss av minst én idé.")},
    )
