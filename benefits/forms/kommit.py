"""What a filled-in KommIT workbook is asked about, beside what it says."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits import kommit_plan
from benefits.kommit_plan import Choices
from benefits.kommit_workbook.content import Filled, FilledBenefit
from benefits.models import Benefit, Evidence
from core.formatting import day_with_year
from core.widgets import DateInput
from core.workbook_fields import WorkbookUploadField
from municipality.models import User
from projects.models import Project

SHORT = {"data-width": "short"}
NEW, LEFT_OUT = "new", "none"


class KommitUploadForm(forms.Form):
    file = WorkbookUploadField(label=gettext_lazy("Utfylt gevinstverktøy"), computed=True)


class KommitForm(forms.Form):
    """Years and days the workbook has no cell for, and who and what its names are with us.

    `row_<place>` says which benefit of ours a row is, `person_<number>` who a name is.
    """

    first_year = forms.IntegerField(
        label=gettext_lazy("Det første budsjettåret"),
        help_text=gettext_lazy(
            "Gevinstbudsjettet har fire år. Skriv det første, for eksempel 2027."
        ),
        min_value=2001,
        max_value=2096,
        widget=forms.TextInput({**SHORT, "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Skriv det første budsjettåret, for eksempel 2027."),
            "invalid": gettext_lazy("Skriv året med fire sifre, for eksempel 2027."),
            "min_value": gettext_lazy("Året må være etter 2000."),
            "max_value": gettext_lazy("Året må være før 2097."),
        },
    )
    baseline_on = forms.DateField(
        label=gettext_lazy("Når er dagens verdi målt?"),
        help_text=gettext_lazy("Blir nullpunktets dato for alle måleindikatorene."),
        widget=DateInput(SHORT),
        error_messages={
            "required": gettext_lazy("Skriv datoen dagens verdi er målt."),
            "invalid": gettext_lazy("Skriv datoen slik: 31.12.2026."),
        },
    )
    target_on = forms.DateField(
        label=gettext_lazy("Når skal gevinstene være realisert, der fila ikke har en dato?"),
        widget=DateInput(SHORT),
        error_messages={
            "required": gettext_lazy("Skriv datoen gevinstene skal være realisert."),
            "invalid": gettext_lazy("Skriv datoen slik: 31.12.2026."),
        },
    )
    measured_on = forms.DateField(
        label=gettext_lazy("Når er «Dagens måling» målt?"),
        widget=DateInput(SHORT),
        error_messages={
            "required": gettext_lazy("Skriv datoen målingene er gjort."),
            "invalid": gettext_lazy("Skriv datoen slik: 31.12.2026."),
        },
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("Hvor sikre er målingene?"),
        choices=Evidence,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvor sikre målingene er.")},
    )
    replaces_calculation = forms.BooleanField(
        label=gettext_lazy("Erstatt lønnsomhetsberegningen vi har, med tallene i fila"),
        required=False,
    )

    def __init__(
        self, *args: Any, filled: Filled, project: Project, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filled, self.project, self.today = filled, project, today
        self.benefits = {str(each.pk): each for each in kommit_plan.own_benefits(project)}
        self.users = {
            str(user.pk): user
            for user in User.objects.filter(is_active=True).order_by("name", "pk")
        }
        self._set_days()
        self._ask_about_rows()
        self._ask_about_people()

    def _set_days(self) -> None:
        filled, year = self.filled, self.filled.first_year
        self.fields["first_year"].initial = year or self.today.year + 1
        self.fields["baseline_on"].initial = filled.updated_on or self.project.started_on
        last = (year or self.today.year + 1) + 3
        self.fields["target_on"].initial = dt.date(last, 12, 31)
        self.fields["measured_on"].initial = filled.measured_on or self.today
        if not filled.has_measures:
            del self.fields["baseline_on"], self.fields["target_on"]
        if not filled.has_measurements:
            del self.fields["measured_on"], self.fields["evidence"]
        if not (filled.costs.are_given and hasattr(self.project, "calculation")):
            del self.fields["replaces_calculation"]

    def _ask_about_rows(self) -> None:
        same = kommit_plan.same_names(self.filled, self.benefits.values())
        ours = [
            (pk, _("Samme som {code} {name}").format(code=each.code, name=each.name))
            for pk, each in self.benefits.items()
        ]
        choices = [(NEW, _("Ny gevinst")), *ours, (LEFT_OUT, _("Ikke ta den inn"))]
        for row in self.filled.benefits:
            initial = str(same[row.place].pk) if row.place in same else NEW
            self.fields[self._row_name(row)] = forms.ChoiceField(
                label=_("«{name}» er").format(name=row.name), choices=choices, initial=initial
            )

    def _ask_about_people(self) -> None:
        known = kommit_plan.known_people(self.filled.names)
        owner = str(self.project.owner_id)
        choices = [(pk, user.name) for pk, user in self.users.items()]
        for name in self.filled.names:
            field = forms.ChoiceField(
                label=_("«{name}» er").format(name=name),
                choices=choices,
                initial=str(known[name].pk) if name in known else owner,
            )
            if name not in known:
                field.help_text = _(
                    "Vi finner ingen som heter dette. Prosjekteieren står som eier om du ikke "
                    "velger en annen."
                )
            self.fields[self._person_name(name)] = field

    @staticmethod
    def _row_name(row: FilledBenefit) -> str:
        return f"row_{row.place}"

    def _person_name(self, name: str) -> str:
        return f"person_{self.filled.names.index(name)}"

    @property
    def about_days(self) -> list[forms.BoundField]:
        asked = ("first_year", "baseline_on", "target_on", "measured_on", "evidence")
        return [self[name] for name in (*asked, "replaces_calculation") if name in self.fields]

    @property
    def about_rows(self) -> Iterable[forms.BoundField]:
        return [self[self._row_name(row)] for row in self.filled.benefits]

    @property
    def about_people(self) -> Iterable[forms.BoundField]:
        return [self[self._person_name(name)] for name in self.filled.names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = self._chosen_rows(cleaned)
        for row, benefit in chosen.items():
            if not kommit_plan.counted_alike(row, benefit):
                message = _(
                    "{code} er «{kind}» hos dere. Da kan den ikke få tall fra en annen gevinsttype."
                ).format(code=benefit.code, kind=benefit.get_kind_display())
                self.add_error(self._row_name(row), message)
        self._refuse_twice(chosen)
        self._refuse_nothing(cleaned)
        self._refuse_wrong_order(cleaned)
        return cleaned

    def _chosen_rows(self, cleaned: dict[str, Any]) -> dict[FilledBenefit, Benefit]:
        chosen = {row: cleaned.get(self._row_name(row), "") for row in self.filled.benefits}
        return {row: self.benefits[pk] for row, pk in chosen.items() if pk in self.benefits}

    def _refuse_twice(self, chosen: dict[FilledBenefit, Benefit]) -> None:
        taken: set[int] = set()
        for row, benefit in chosen.items():
            if benefit.pk in taken:
                message = _("{code} er valgt for en annen rad også.").format(code=benefit.code)
                self.add_error(self._row_name(row), message)
            taken.add(benefit.pk)

    def _refuse_nothing(self, cleaned: dict[str, Any]) -> None:
        if all(cleaned.get(self._row_name(row)) == LEFT_OUT for row in self.filled.benefits):
            self.add_error(None, _("Velg minst én gevinst som skal tas inn."))

    def _refuse_wrong_order(self, cleaned: dict[str, Any]) -> None:
        baseline_on, measured_on = cleaned.get("baseline_on"), cleaned.get("measured_on")
        if measured_on and measured_on > self.today:
            self.add_error("measured_on", _("Datoen kan ikke være fram i tid."))
        if not baseline_on:
            return
        if measured_on and measured_on < baseline_on:
            self.add_error("measured_on", _("Målingene kan ikke være før dagens verdi er målt."))
        target_on = cleaned.get("target_on")
        if target_on and target_on < baseline_on:
            self.add_error("target_on", _("Datoen må være etter at dagens verdi er målt."))
        days = [row.realised_on for row in self.filled.benefits if row.realised_on and row.measure]
        if days and min(days) < baseline_on:
            message = _(
                "En gevinst skal være realisert {day}. Dagens verdi må være målt før det."
            ).format(day=day_with_year(min(days)))
            self.add_error("baseline_on", message)

    def chosen(self) -> Choices:
        cleaned = self.cleaned_data
        left_out = {
            row.place for row in self.filled.benefits if cleaned[self._row_name(row)] == LEFT_OUT
        }
        return Choices(
            first_year=cleaned["first_year"],
            baseline_on=cleaned.get("baseline_on") or self.today,
            target_on=cleaned.get("target_on") or self.today,
            measured_on=cleaned.get("measured_on"),
            evidence=cleaned.get("evidence", ""),
            same={row.place: each for row, each in self._chosen_rows(cleaned).items()},
            left_out=frozenset(left_out),
            people={
                name: self.users[cleaned[self._person_name(name)]] for name in self.filled.names
            },
            replaces_calculation=bool(cleaned.get("replaces_calculation")),
        )
