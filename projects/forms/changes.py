"""What a project types when it asks IKT-styringsrådet for a change."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from projects.collisions import Touch
from projects.forms.lines import plain_errors
from projects.forms.systems import DAYS, refuse_backwards
from projects.models import ChangeRequest, ChangeTouch, System, UseKind

MOST_DAYS = 3650
MOST_ROWS = 20
LONG_TEXT = forms.Textarea(attrs={"rows": 4})
SHORT_TEXT = forms.Textarea(attrs={"rows": 2})
WHOLE_DAYS = _("Skriv et helt antall dager. Minus når prosjektet blir tidligere ferdig.")
WHOLE_POINTS = _("Skriv et helt tall. Minus når gevinsten blir mindre.")


class ChangeRequestForm(forms.ModelForm):
    days = forms.IntegerField(
        label=_("Tid: dager senere"),
        required=False,
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Minus når prosjektet blir tidligere ferdig."),
        widget=forms.TextInput(attrs={"inputmode": "text", "data-width": "short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE_DAYS),
    )
    cost = NorwegianDecimalField(
        label=_("Kostnad: kroner mer"),
        required=False,
        max_digits=12,
        decimal_places=0,
        help_text=_("Minus når det blir billigere."),
        error_messages={
            "max_digits": _("Tallet er for stort."),
            "max_whole_digits": _("Tallet er for stort."),
            "max_decimal_places": _("Skriv hele kroner."),
        },
    )
    benefit_share = forms.IntegerField(
        label=_("Gevinst: prosentpoeng av det dere lovet"),
        required=False,
        min_value=-100,
        max_value=1000,
        help_text=_("Minus når gevinsten blir mindre."),
        widget=forms.TextInput(attrs={"inputmode": "text", "data-width": "short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE_POINTS),
    )

    class Meta:
        model = ChangeRequest
        fields = [
            "title",
            "reason",
            "urgency",
            "consequence",
            "days",
            "cost",
            "benefit_share",
            "scope",
            "quality",
            "risk",
            "benefits",
        ]
        labels = {
            "title": _("Hva skal endres?"),
            "reason": _("Hvorfor?"),
            "urgency": _("Hvor raskt trenger dere svar?"),
            "consequence": _("Hva betyr det, kort fortalt?"),
            "scope": _("Omfang: hva leverer dere mer eller mindre?"),
            "quality": _("Kvalitet: hva blir bedre eller dårligere?"),
            "risk": _("Usikkerhet: hva blir mer eller mindre usikkert?"),
            "benefits": _("Gevinster: hvilke, og hvordan?"),
        }
        help_texts = {
            "title": _("Slik: Flytt innføringen til høsten"),
            "consequence": _("Også hva som skjer hvis rådet sier nei."),
        }
        error_messages = {
            "title": {"required": _("Skriv hva som skal endres.")},
            "reason": {"required": _("Skriv hvorfor endringen trengs.")},
            "urgency": {"required": _("Velg hvor raskt dere trenger svar.")},
            "consequence": {"required": _("Skriv hva endringen betyr.")},
        }
        widgets = {
            "reason": LONG_TEXT,
            "consequence": LONG_TEXT,
            "urgency": forms.RadioSelect,
            "scope": SHORT_TEXT,
            "quality": SHORT_TEXT,
            "risk": SHORT_TEXT,
            "benefits": SHORT_TEXT,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"] = VersionField(initial=self.instance.version)
        else:
            self.fields["submission_key"] = SubmissionKeyField()
        plain_errors(self.fields)
        self.fields["days"].error_messages["invalid"] = WHOLE_DAYS
        self.fields["benefit_share"].error_messages["invalid"] = WHOLE_POINTS

    def clean_days(self) -> int:
        return self.cleaned_data["days"] or 0

    def clean_cost(self) -> Decimal:
        return self.cleaned_data["cost"] or Decimal(0)

    def clean_benefit_share(self) -> int:
        return self.cleaned_data["benefit_share"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned

    def filled_in(self) -> ChangeRequest:
        if self.instance.pk is None:
            self.instance.submission_key = self.cleaned_data["submission_key"]
        return self.instance


class TouchForm(forms.ModelForm):
    """One system that the change touches. A row without a system and days says nothing."""

    class Meta:
        model = ChangeTouch
        fields = ["system", "kind", "starts_on", "ends_on"]
        labels = {
            "system": _("System"),
            "kind": _("Hva skjer med det?"),
            "starts_on": _("Fra"),
            "ends_on": _("Til"),
        }
        error_messages = {**DAYS, "system": {"required": _("Velg et system.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_errors(self.fields)
        self.fields["system"].empty_label = _("Velg system")
        self.fields["kind"].initial = UseKind.CHANGES
        for field in self.fields.values():
            field.may_wait = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_backwards(self)
        return cleaned


class TouchRows:
    """The rows of systems. Without script there is a button for one row more.

    `data` is what was sent; without it the rows are those of `stored`, and an empty one.
    """

    PREFIX = "system"

    def __init__(
        self,
        *,
        data: Mapping[str, Any] | None = None,
        stored: list[ChangeTouch] | None = None,
        more: bool = False,
    ) -> None:
        self.data = data
        kept = stored or []
        self.count = (_count(data) if data else len(kept) + 1) + more
        self.systems = list(System.objects.in_use().order_by("name").values_list("pk", "name"))
        self.forms = [self._form(number, kept) for number in range(min(self.count, MOST_ROWS))]

    def _form(self, number: int, stored: list[ChangeTouch]) -> TouchForm:
        prefix = f"{self.PREFIX}-{number}"
        is_sent = self.data is not None and f"{prefix}-kind" in self.data
        initial = {}
        if self.data is None and number < len(stored):
            touch = stored[number]
            initial = {name: getattr(touch, name) for name in ("kind", "starts_on", "ends_on")}
            initial["system"] = touch.system_id
        form = TouchForm(
            self.data if is_sent else None,
            prefix=prefix,
            initial=initial,
            empty_permitted=True,
            use_required_attribute=False,
        )
        # One read of the register for all the rows.
        form.fields["system"].widget.choices = [("", _("Velg system")), *self.systems]
        return form

    @property
    def can_have_more(self) -> bool:
        return len(self.forms) < MOST_ROWS

    def is_valid(self) -> bool:
        found = [form.is_valid() for form in self.forms if form.is_bound]
        return all(found)  # every row is looked at, also after one that is wrong

    def filled_in(self) -> list[ChangeTouch]:
        return [form.instance for form in self.forms if form.is_bound and form.has_changed()]

    def touches(self, project: int) -> list[Touch]:
        """What to look for collisions of."""
        return [
            Touch(project, row.system_id, row.kind, row.starts_on, row.ends_on)
            for row in self.filled_in()
        ]


def _count(data: Mapping[str, Any]) -> int:
    sent = str(data.get(f"{TouchRows.PREFIX}-rows", ""))
    return min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdecimal() else 1
