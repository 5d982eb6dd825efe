"""What every form for a line of the plan or a register has in common."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.widgets import DateInput
from municipality.models import User
from projects.models.lines import Line

NOT_A_DATE = _("Skriv en dato, for eksempel 31.12.2026.")
NOT_A_WHOLE_NUMBER = _("Skriv et helt tall.")
TOO_LONG = _("Skriv høyst %(limit_value)d tegn.")
NOT_A_CHOICE = _("Velg noe fra listen.")


def plain_errors(fields: dict[str, forms.Field]) -> None:
    """Say in plain words what every field of a kind may be told about."""
    for field in fields.values():
        if isinstance(field, forms.DateField):
            field.error_messages["invalid"] = NOT_A_DATE
            field.widget = DateInput(attrs={"data-width": "short"})
        elif type(field) is forms.IntegerField:
            field.error_messages["invalid"] = NOT_A_WHOLE_NUMBER
        elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            field.error_messages["invalid_choice"] = NOT_A_CHOICE
        elif isinstance(field, forms.CharField):
            field.error_messages["max_length"] = TOO_LONG


def people_to_choose(chosen: int | None) -> QuerySet[User]:
    """Everybody with an account in use, and whoever is named already."""
    return User.objects.filter(Q(is_active=True) | Q(pk=chosen)).order_by("name", "pk")


class LineForm(forms.ModelForm):
    """A new line is guarded against being sent twice, one that is there against two who edit."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk:
            self.fields["version"] = VersionField(initial=self.instance.version)
        else:
            self.fields["submission_key"] = SubmissionKeyField()
        plain_errors(self.fields)

    def choose_person(self, name: str, empty: Any) -> None:
        """Let the field `name` be any of the people here, or nobody (`empty`)."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_to_choose(getattr(self.instance, f"{name}_id"))
        field.empty_label = empty

    def not_later_than_today(self, name: str) -> dt.date | None:
        on: dt.date | None = self.cleaned_data[name]
        if on is not None and on > self.today:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned

    def filled_in(self) -> Line:
        """The line as it is to be kept."""
        if self.instance.pk is None:
            self.instance.submission_key = self.cleaned_data["submission_key"]
        return self.instance

    def beside(self) -> dict[str, Any]:
        """What is kept with the line and is no column of it."""
        return {}
