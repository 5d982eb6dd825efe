"""What people type about the plan: phases, milestones, other projects, and who works with it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.draft_forms import SeenForm
from core.widgets import DateInput
from projects import waiting_for
from projects.forms.lines import NOT_A_DATE, LineForm, plain_errors
from projects.models import (
    GATE_AFTER,
    GATE_BY_CODE,
    Allocation,
    Milestone,
    PhasePlan,
    Project,
    ProjectLink,
    ProjectPhase,
)

Days = tuple[dt.date, dt.date]


def phases_ahead(project: Project) -> list[ProjectPhase]:
    """The phase it is in, and those to come."""
    order = list(ProjectPhase)
    return order[order.index(ProjectPhase(project.phase)) :]


class PhasesForm(SeenForm):
    """The days of all phases ahead in one table. They must follow each other."""

    def __init__(self, *args: Any, project: Project, suggested: dict[str, Days], **kwargs: Any):
        stored = {plan.phase: plan for plan in project.phase_plans.all()}
        self.phases = phases_ahead(project)
        super().__init__(*args, stored=_as_text(stored), **kwargs)
        for phase in self.phases:
            plan = stored.get(phase)
            days = (plan.starts_on, plan.ends_on) if plan else suggested.get(phase, (None, None))
            gate = GATE_BY_CODE[GATE_AFTER[phase]]
            self._add(f"{phase}-starts", _("{phase} begynner").format(phase=phase.label), days[0])
            self._add(f"{phase}-ends", _("{gate} tas").format(gate=gate.code), days[1])

    def _add(self, name: str, label: str, initial: dt.date | None) -> None:
        self.fields[name] = forms.DateField(
            label=label,
            required=False,
            initial=initial,
            widget=DateInput(attrs={"data-width": "short"}),
            error_messages={"invalid": NOT_A_DATE},
        )
        self.fields[name].may_wait = True

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "phase": phase,
                "gate": GATE_BY_CODE[GATE_AFTER[phase]],
                "starts": self[f"{phase}-starts"],
                "ends": self[f"{phase}-ends"],
            }
            for phase in self.phases
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        before: dt.date | None = None
        for phase in self.phases:
            starts, ends = f"{phase}-starts", f"{phase}-ends"
            begins, gate = cleaned.get(starts), cleaned.get(ends)
            if begins is None and gate is None:
                continue
            if begins is None and starts not in self.errors:
                self.add_error(starts, _("Skriv når fasen begynner."))
            elif gate is None and ends not in self.errors:
                self.add_error(ends, _("Skriv når beslutningspunktet tas."))
            elif begins and gate and gate < begins:
                self.add_error(ends, _("Fasen kan ikke slutte før den begynner."))
            if before and begins and begins < before:
                self.add_error(starts, _("Fasen kan ikke begynne før den forrige er slutt."))
            before = gate or before
        return cleaned

    def days(self) -> dict[str, Days | None]:
        return {phase: self._days_of(phase) for phase in self.phases}

    def _days_of(self, phase: ProjectPhase) -> Days | None:
        begins = self.cleaned_data[f"{phase}-starts"]
        return (begins, self.cleaned_data[f"{phase}-ends"]) if begins else None


def _as_text(stored: dict[str, PhasePlan]) -> str:
    return " ".join(
        f"{key}:{stored[key].starts_on}:{stored[key].ends_on}" for key in sorted(stored)
    )


class MilestoneForm(LineForm):
    waits_for = forms.ModelMultipleChoiceField(
        label=_("Hvilke milepæler må være nådd først?"),
        queryset=Milestone.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Velg noe fra listen.")},
    )

    class Meta:
        model = Milestone
        fields = ["name", "delivers", "planned_on", "reached_on", "responsible"]
        labels = {
            "name": _("Milepæl"),
            "delivers": _("Hva leveres?"),
            "planned_on": _("Planlagt dato"),
            "reached_on": _("Nådd dato"),
        }
        help_texts = {"name": _("Slik: Opplæringen er gjennomført")}
        error_messages = {
            "name": {"required": _("Skriv hva milepælen heter.")},
            "planned_on": {"required": _("Skriv når milepælen er planlagt.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_person("responsible", _("Ingen ennå"))
        others = Milestone.objects.filter(project=self.instance.project)
        others = others.exclude(pk=self.instance.pk).order_by("planned_on", "pk")
        field = self.fields["waits_for"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = others
        if self.instance.pk:
            field.initial = list(self.instance.links_in.values_list("before_id", flat=True))
        elif not others.exists():
            del self.fields["waits_for"]

    def clean_reached_on(self) -> dt.date | None:
        return self.not_later_than_today("reached_on")

    def clean_waits_for(self) -> list[Milestone]:
        waits_for = list(self.cleaned_data["waits_for"])
        names = waiting_for.circle_of_milestones(self.instance, waits_for)
        if names:
            raise forms.ValidationError(waiting_for.words_of_milestones(names))
        return waits_for

    def beside(self) -> dict[str, Any]:
        return {"waits_for": self.cleaned_data.get("waits_for", [])}


class ProjectLinkForm(forms.ModelForm):
    """Another project that must deliver something before this one can finish."""

    class Meta:
        model = ProjectLink
        fields = ["before", "what"]
        labels = {"before": _("Hvilket prosjekt venter dere på?"), "what": _("Hva venter dere på?")}
        help_texts = {"what": _("Slik: Ny innlogging for ansatte")}
        error_messages = {
            "before": {"required": _("Velg et prosjekt.")},
            "what": {"required": _("Skriv hva det andre prosjektet må levere.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.after
        others = Project.objects.live().exclude(pk=project.pk).exclude(links_out__after=project)
        field = self.fields["before"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = others.order_by("name", "pk")
        field.empty_label = _("Velg prosjekt")
        plain_errors(self.fields)

    def clean_before(self) -> Project:
        before: Project = self.cleaned_data["before"]
        names = waiting_for.circle_of_projects(self.instance.after, before)
        if names:
            raise forms.ValidationError(waiting_for.words_of_projects(names))
        return before


class AllocationForm(LineForm):
    class Meta:
        model = Allocation
        fields = ["person", "percent", "starts_on", "ends_on"]
        labels = {
            "person": _("Hvem?"),
            "percent": _("Prosent av stillingen"),
            "starts_on": _("Fra"),
            "ends_on": _("Til"),
        }
        error_messages = {
            "person": {"required": _("Velg hvem som skal jobbe i prosjektet.")},
            "percent": {
                "required": _("Skriv hvor mye av stillingen, fra 1 til 100."),
                "min_value": _("Skriv et helt tall fra 1 til 100."),
            },
            "starts_on": {"required": _("Skriv når personen begynner.")},
            "ends_on": {"required": _("Skriv når personen er ferdig.")},
        }
        widgets = {"percent": forms.NumberInput(attrs={"data-width": "short"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_person("person", _("Velg person"))

    def clean_percent(self) -> int:
        percent: int = self.cleaned_data["percent"]
        if not 1 <= percent <= 100:
            raise forms.ValidationError(_("Skriv et helt tall fra 1 til 100."))
        return percent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Til-datoen kan ikke være før fra-datoen."))
        return cleaned
