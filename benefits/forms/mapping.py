"""What people type about a box in the benefits map."""

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from benefits.benefit_map import COLUMNS, circle_with, may_lead_to, name_of, words_of_circle
from benefits.models import Benefit, MapColumn, MapNode
from municipality.models import StrategyGoal
from projects.forms.lines import NOT_A_CHOICE, LineForm

IN_ORDER = Case(*(When(column=each, then=Value(n)) for n, each in enumerate(COLUMNS)))
ASKED_FOR = {MapColumn.BENEFIT: "benefit", MapColumn.GOAL: "goal"}


class TargetsField(forms.ModelMultipleChoiceField):
    """The boxes that a box can lead to, each with the column it stands in."""

    def label_from_instance(self, obj: MapNode) -> str:
        return f"{name_of(obj)} ({obj.get_column_display()})"


class BenefitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Benefit) -> str:
        return f"{obj.code} {obj}"


class BoxForm(LineForm):
    """A box of its own words, or of a benefit or a goal that is not in the map yet."""

    leads_to = TargetsField(
        label=_("Fører til"),
        queryset=MapNode.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    class Meta:
        model = MapNode
        fields = ["text", "benefit", "goal"]
        field_classes = {"benefit": BenefitChoice}
        labels = {"text": _("Hva står i boksen?"), "benefit": _("Gevinst"), "goal": _("Mål")}
        help_texts = {"text": _("Få ord. Slik: Alle dører har digital lås")}
        error_messages = {
            "text": {"required": _("Skriv hva som skal stå i boksen. Få ord holder.")},
            "benefit": {"required": _("Velg en gevinst fra registeret.")},
            "goal": {"required": _("Velg et mål.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_what_is_asked_for()
        targets = _targets(self.instance)
        field = self.fields["leads_to"]
        field.queryset = targets
        if not targets.exists():
            del self.fields["leads_to"]
        elif self.instance.pk:
            field.initial = list(self.instance.links_out.values_list("target", flat=True))

    def _keep_what_is_asked_for(self) -> None:
        """Words, or a benefit, or a goal. A box that stands keeps its benefit or its goal."""
        asked = ASKED_FOR.get(MapColumn(self.instance.column), "text")
        for name in ("text", "benefit", "goal"):
            if name != asked or (name != "text" and self.instance.pk):
                del self.fields[name]
        for name, not_placed in _not_placed(self.instance).items():
            if name in self.fields:
                self.fields[name].queryset = not_placed
                self.fields[name].empty_label = _("Velg fra listen")
        if asked in self.fields:
            self.fields[asked].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = circle_with(self.instance, cleaned.get("leads_to") or ())
        if self.instance.pk and names:
            self.add_error("leads_to", words_of_circle(names))
        return cleaned

    def beside(self) -> dict[str, Any]:
        return {"leads_to": self.cleaned_data.get("leads_to") or []}


def _targets(node: MapNode) -> QuerySet[MapNode]:
    boxes = MapNode.objects.filter(project=node.project, column__in=may_lead_to(node))
    return (
        boxes.exclude(pk=node.pk)
        .select_related("benefit", "goal")
        .order_by(IN_ORDER, "order", "pk")
    )


def _not_placed(node: MapNode) -> dict[str, QuerySet[Any]]:
    in_map = MapNode.objects.filter(project=node.project)
    benefits = Benefit.objects.filter(project=node.project).order_by("number", "pk")
    return {
        "benefit": benefits.exclude(pk__in=in_map.exclude(benefit=None).values("benefit")),
        "goal": StrategyGoal.objects.in_order().exclude(
            pk__in=in_map.exclude(goal=None).values("goal")
        ),
    }
