from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import VersionField, refuse_stale
from core.widgets import DateInput
from prioritization.models import Memo, MemoItem, MemoSection, SectionKey


class _SharedTextForm(forms.ModelForm):
    """A form for a row that two may edit at once; the view has locked the row."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class ComposeForm(forms.ModelForm):
    """What the team says before the memo is drafted. All of it can be changed later."""

    budget_frame = NorwegianDecimalField(
        label=_("Økonomisk ramme i kroner"),
        help_text=_("Så mye kan prosjektene koste til sammen."),
        required=False,
        max_digits=12,
        decimal_places=0,
        min_value=0,
        error_messages={"min_value": _("Rammen kan ikke være mindre enn null.")},
    )

    class Meta:
        model = Memo
        fields = ["title", "budget_frame", "case_number", "copy_to", "publicity"]
        labels = {
            "title": _("Tittel"),
            "dated_on": _("Dato på notatet"),
            "case_number": _("Saksnummer"),
            "copy_to": _("Kopi til"),
            "publicity": _("Offentlighet"),
        }
        help_texts = {
            "case_number": _("Slik: 26/1847"),
            "publicity": _("Slik: Offentlig, merinnsyn vurdert"),
        }
        error_messages = {
            "title": {"required": _("Gi notatet en tittel.")},
            "dated_on": {"required": _("Skriv datoen som skal stå på notatet.")},
        }
        widgets = {"dated_on": DateInput}


class MemoDetailsForm(_SharedTextForm, ComposeForm):
    """Who the memo is for, and the money it has to stay within."""

    class Meta(ComposeForm.Meta):
        fields = ["title", "budget_frame", "dated_on", "case_number", "copy_to", "publicity"]


INTRODUCTIONS = {SectionKey.RECOMMENDED, SectionKey.NOT_RECOMMENDED}


class MemoSectionForm(_SharedTextForm):
    class Meta:
        model = MemoSection
        fields = ["text"]
        labels = {"text": _("Tekst")}
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        error_messages = {"text": {"required": _("Skriv teksten til denne delen.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        if self.instance.key in INTRODUCTIONS:
            self.fields["text"].label = _("Innledning til denne delen")
            self.fields["text"].help_text = _("Foreslått ut fra tallene. Skriv om som du vil.")
            self.fields["text"].widget.attrs["rows"] = 4


class MemoItemForm(_SharedTextForm):
    """What the memo says about one idea."""

    class Meta:
        model = MemoItem
        fields = ["text", "benefit", "person_years", "risk"]
        labels = {
            "benefit": _("Viktigste gevinst"),
            "person_years": _("Årsverk prosjektet trenger"),
            "risk": _("Risiko, personvern og universell utforming"),
        }
        help_texts = {
            "benefit": _("Kort, helst med et tall. Slik: 380 timer mer tilsyn i uka"),
            "person_years": _("Slik: 0,5"),
            "risk": _(
                "Det som er særskilt for dette prosjektet. Skriv det også når det ikke er noe."
            ),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "risk": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = {"person_years": NorwegianDecimalField}
        error_messages = {
            "text": {"required": _("Skriv hvorfor. Én setning holder.")},
            "benefit": {"required": _("Skriv hva som er den viktigste gevinsten.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "benefit"):
            self.fields[name].required = True
        if self.instance.entry.needs.exists():
            del self.fields["person_years"]  # they stand where the need is spread over the years
        if self.instance.is_recommended:
            self.fields["text"].label = _("Hvorfor vi anbefaler det")
        else:
            self.fields["text"].label = _("Hvorfor vi ikke anbefaler det i år")
            self.fields["text"].help_text = _("Den som sendte ideen, får lese dette.")
            for name in ("benefit", "person_years", "risk"):
                self.fields.pop(name, None)
