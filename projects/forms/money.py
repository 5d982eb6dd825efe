"""The budget of a project as one table: each row a form of its own, new rows keyed by what is sent.

A row is named by the hidden field `row`: the key of a line that is there, or `ny-` and the
submission key of one that is new.
"""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import VersionField, refuse_stale
from municipality.models import Sector
from projects.forms.lines import NOT_A_WHOLE_NUMBER, plain_errors
from projects.models import BudgetLine, Project

NEW = "ny-"
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_ROWS = 200
ONE_YEAR = _("Skriv et årstall, som 2026.")
GONE = _("Noen tok bort denne linjen mens du skrev. Lagrer du igjen, kommer den tilbake.")


class _Amount(NorwegianDecimalField):
    def __init__(self, label: Any, *, decimal_places: int = 0, **kwargs: Any) -> None:
        too_big = _("Tallet er for stort.")
        whole = _("Skriv hele kroner.") if not decimal_places else _("Skriv høyst to desimaler.")
        super().__init__(
            label=label,
            min_value=0,
            decimal_places=decimal_places,
            error_messages={
                "required": _("Skriv et beløp. Skriv 0 hvis det ikke er noe."),
                "min_value": _("Tallet kan ikke være mindre enn null."),
                "max_decimal_places": whole,
                "max_digits": too_big,
                "max_whole_digits": too_big,
            },
            **kwargs,
        )


class BudgetLineForm(forms.ModelForm):
    year = forms.IntegerField(
        label=_("År"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "required": ONE_YEAR,
            "invalid": ONE_YEAR,
            "min_value": ONE_YEAR,
            "max_value": ONE_YEAR,
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
    )
    sector = forms.TypedChoiceField(
        label=_("Sektor som betaler"),
        error_messages={"required": _("Velg hvilken sektor som betaler.")},
    )
    budget = _Amount(_("Budsjett"), max_digits=12)
    spent = _Amount(_("Brukt"), max_digits=12, required=False)
    forecast = _Amount(_("Prognose"), max_digits=12, required=False)
    person_years = _Amount(_("Årsverk"), decimal_places=2, max_digits=6, required=False)
    remove = forms.BooleanField(label=_("Ta bort linjen"), required=False)

    class Meta:
        model = BudgetLine
        fields = ["year", "source", "sector", "budget", "spent", "forecast", "person_years"]
        error_messages = {"source": {"required": _("Skriv hvor pengene kommer fra.")}}

    def __init__(self, *args: Any, sectors: dict[str, Sector], **kwargs: Any) -> None:
        """`sectors` by their keys, as text: found once for the table, not once for every row."""
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.initial["sector"] = str(self.initial["sector"])
        field = self.fields["sector"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(key, sector.name) for key, sector in sectors.items()]
        field.coerce = sectors.__getitem__
        if self.instance.pk:
            self.fields["version"] = VersionField(initial=self.instance.version)
        else:
            del self.fields["remove"]
        self.fields["source"].help_text = ""
        plain_errors(self.fields)
        self.fields["year"].error_messages["invalid"] = NOT_A_WHOLE_NUMBER
        for field in self.fields.values():
            field.may_wait = True

    @property
    def heading(self) -> Any:
        if self.instance.pk is None:
            return _("Ny linje")
        return f"{self.initial['source']} {self.initial['year']}"

    @property
    def is_to_be_removed(self) -> bool:
        return bool(self.instance.pk and self.cleaned_data.get("remove"))

    @property
    def may_go(self) -> bool:
        """What is typed in a line that is to be removed does not matter; that it is stale does."""
        return self.is_to_be_removed and not self.non_field_errors()

    def clean_spent(self) -> Decimal:
        return self.cleaned_data["spent"] or Decimal(0)

    def clean_person_years(self) -> Decimal:
        return self.cleaned_data["person_years"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class BudgetTable:
    """All the lines of a project. `data` is what was sent; without it, what is stored."""

    def __init__(self, project: Project, *, today: dt.date, data: QueryDict | None = None) -> None:
        self.project, self.today, self.data = project, today, data
        lines = project.budget_lines.select_related("edited_by", "sector").order_by(
            "year", "source", "pk"
        )
        in_order = lines.order_by("year", "source", "pk")
        self.stored = {str(line.pk): line for line in in_order}
        self.missing = set(data.getlist("missing")) if data else set()
        sectors = Sector.objects.order_by("name", "pk")
        self.sectors = {str(sector.pk): sector for sector in sectors}
        self.rows = [self._row(name) for name in self._names()]

    def _names(self) -> list[str]:
        if self.data is None:
            return [*self.stored, _new_name()]
        sent = self.data.getlist("row")[:MOST_ROWS]
        return [name for name in dict.fromkeys(sent) if name.isdecimal() or _key_of(name)]

    def _row(self, name: str) -> BudgetLineForm:
        line = self.stored.get(name)
        key = _key_of(name)
        return BudgetLineForm(
            self.data,
            prefix=name,
            instance=line or BudgetLine(project=self.project, submission_key=key),
            initial=None if line else self._initial(),
            empty_permitted=key is not None,
            sectors=self.sectors,
        )

    def _initial(self) -> dict[str, Any]:
        """Blank amounts, so that a row nobody has filled in counts as unchanged."""
        blank = dict.fromkeys(["budget", "spent", "person_years"])
        return {"year": self.today.year, "sector": self.project.sector_id, **blank}

    def is_valid(self) -> bool:
        """Every row that says something, and no two about the same year, source and sector."""
        wrong = [row for row in self.rows if not row.is_valid() and not row.may_go]
        gone = [row for row in self.rows if self._has_gone(row)]
        for row in gone:
            row.add_error(None, GONE)
            self.missing.add(row.prefix)
        return self._no_twins() and not wrong and not gone

    def _has_gone(self, row: BudgetLineForm) -> bool:
        """A line that was there when the table was shown, and that the person has not been told."""
        name = str(row.prefix)
        return name.isdecimal() and name not in self.stored and name not in self.missing

    def _no_twins(self) -> bool:
        taken = {
            (line.year, line.source, line.sector_id)
            for name, line in self.stored.items()
            if name not in {row.prefix for row in self.rows}
        }
        found = False
        for row in self._said():
            cleaned = row.cleaned_data
            sector = cleaned.get("sector")
            place = (cleaned.get("year"), cleaned.get("source"), sector and sector.pk)
            if None not in place and place in taken:
                row.add_error("source", _("Denne kilden står allerede i budsjettet for året."))
                found = True
            taken.add(place)
        return not found

    @property
    def errors(self) -> int:
        return sum(len(row.errors) for row in self.rows if row.is_bound)

    def _said(self) -> list[BudgetLineForm]:
        """Rows that are to stay: not removed, and no new ones that nobody filled in."""
        return [
            row
            for row in self.rows
            if row.is_bound and not row.is_to_be_removed and (row.instance.pk or row.has_changed())
        ]

    def kept(self) -> list[BudgetLine]:
        return [row.instance for row in self._said() if row.has_changed()]

    def removed(self) -> list[BudgetLine]:
        return [row.instance for row in self.rows if row.is_to_be_removed]


def _new_name() -> str:
    return f"{NEW}{uuid.uuid4()}"


def _key_of(name: str) -> uuid.UUID | None:
    if not name.startswith(NEW):
        return None
    try:
        return uuid.UUID(name.removeprefix(NEW))
    except ValueError:
        return None
