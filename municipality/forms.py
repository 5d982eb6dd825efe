import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from core.widgets import DateInput
from municipality import calendar, logo
from municipality.calendar import PhaseKind, Span
from municipality.closing import account_blockers
from municipality.models import AnnualCycle, Municipality, User


class DayField(forms.DateField):
    """A date of the year, with messages that say what to write."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "required": _("Velg en dato."),
            "invalid": _("Skriv datoen slik: 25.10.2026."),
        }
        super().__init__(widget=DateInput(attrs={"data-width": "short"}), **kwargs)
        self.error_messages.update(errors)


class CycleForm(forms.Form):
    """The budget deadline, and first and last day of each of the five phases."""

    version = VersionField()
    budget_deadline = DayField(
        label=_("Budsjettfrist"),
        help_text=_("Da må vedtaket være med i forslaget til budsjett for neste år."),
    )

    def __init__(self, *args: Any, cycle: AnnualCycle, **kwargs: Any) -> None:
        self.cycle = cycle
        spans = {
            PhaseKind(phase.kind): Span(phase.opens_on, phase.closes_on)
            for phase in cycle.ordered_phases()
        }
        stored = {
            "version": cycle.version,
            "budget_deadline": cycle.budget_deadline,
            **self.initial_of(spans),
        }
        super().__init__(*args, initial=stored | kwargs.pop("initial", {}), **kwargs)
        for kind in PhaseKind:
            name = kind.label.lower()
            self.fields[_opens(kind)] = DayField(
                label=_("Første dag for {phase}").format(phase=name)
            )
            self.fields[_closes(kind)] = DayField(
                label=_("Siste dag for {phase}").format(phase=name)
            )

    @staticmethod
    def initial_of(spans: dict[PhaseKind, Span]) -> dict[str, dt.date]:
        initial = {}
        for kind, span in spans.items():
            initial[_opens(kind)] = span.opens_on
            initial[_closes(kind)] = span.closes_on
        return initial

    def phases(self) -> list[dict[str, Any]]:
        """The fields of each phase together, for the template."""
        return [
            {
                "number": number,
                "name": kind.label,
                "opens_on": self[_opens(kind)],
                "closes_on": self[_closes(kind)],
            }
            for number, kind in enumerate(PhaseKind, 1)
        ]

    def spans(self) -> dict[PhaseKind, Span]:
        return {
            kind: Span(self.cleaned_data[_opens(kind)], self.cleaned_data[_closes(kind)])
            for kind in PhaseKind
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, dt.date) and abs(value.year - self.cycle.year) > 1:
                self.add_error(name, _("Datoen må ligge nær {year}.").format(year=self.cycle.year))
        for kind in PhaseKind:
            self._check_span(kind, cleaned)
        self._check_order(cleaned)
        refuse_stale(self, version=cleaned.get("version"), stored=self.cycle)
        return cleaned

    def _check_span(self, kind: PhaseKind, cleaned: dict[str, Any]) -> None:
        opens, closes = cleaned.get(_opens(kind)), cleaned.get(_closes(kind))
        if opens and closes and closes < opens:
            self.add_error(
                _closes(kind),
                _("Siste dag for {phase} kan ikke være før fasen åpner.").format(
                    phase=kind.label.lower()
                ),
            )

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        kinds = list(PhaseKind)
        for before, after in zip(kinds, kinds[1:], strict=False):
            first, then = cleaned.get(_opens(before)), cleaned.get(_opens(after))
            if first and then and then < first:
                self.add_error(
                    _opens(after),
                    _("{after} kan ikke åpne før {before}.").format(
                        after=after.label, before=before.label.lower()
                    ),
                )


def _opens(kind: PhaseKind) -> str:
    return f"{kind.value}_opens_on"


def _closes(kind: PhaseKind) -> str:
    return f"{kind.value}_closes_on"


class StartCycleForm(forms.Form):
    """The year to start, and the one date that all others are counted back from."""

    year = forms.IntegerField(widget=forms.HiddenInput)
    budget_deadline = DayField(
        label=_("Budsjettfrist"), help_text=_("Alle datoene regnes ut fra denne.")
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        self.latest_year = year
        initial = {"year": year, "budget_deadline": calendar.default_deadline(year)}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        year, deadline = cleaned.get("year"), cleaned.get("budget_deadline")
        if year and year > self.latest_year:
            self.add_error(None, _("Årshjulene startes ett år om gangen."))
        if year and deadline and abs(deadline.year - year) > 1:
            self.add_error("budget_deadline", _("Datoen må ligge nær {year}.").format(year=year))
        return cleaned


class MunicipalityForm(forms.ModelForm):
    """For the admin: the logo is uploaded as a file and kept in the row."""

    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("SVG eller PNG, høyst 200 kB. Vises øverst på alle sider."),
    )
    remove_logo = forms.BooleanField(label=_("Fjern logoen"), required=False)

    class Meta:
        model = Municipality
        exclude: list[str] = []

    def clean_logo_file(self) -> UploadedFile | None:
        upload = self.cleaned_data["logo_file"]
        if upload:
            content = upload.read(logo.MAX_BYTES + 1)
            self.instance.logo_type = logo.sniff(content)
            self.instance.logo = content
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("remove_logo") and not cleaned.get("logo_file"):
            self.instance.logo, self.instance.logo_type = None, ""
        return cleaned


class UserCreationForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("email", "name")
        field_classes: dict[str, Any] = {}

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class UserChangeForm(DjangoUserChangeForm):
    """An account stays open while the person has what somebody must take over."""

    class Meta(DjangoUserChangeForm.Meta):
        model = User
        field_classes: dict[str, Any] = {}

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        if self.instance.is_active and not is_active:
            self._require_nothing_left()
        return is_active

    def _require_nothing_left(self) -> None:
        raised = [
            format_html('{} <a href="{}">{}</a>', found.reason, found.url, found.link)
            for found in account_blockers(self.instance)
        ]
        if raised:
            raise forms.ValidationError(raised)
