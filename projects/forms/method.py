"""A version of the method as it is written: its own texts, and the rows it is made of."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.draft_forms import RowsFormSet, SeenForm, VersionNameForm
from core.fields import NorwegianDecimalField
from projects.actions.method import ProfileText, Row
from projects.models import (
    ChecklistItem,
    DataBlock,
    GateCode,
    Method,
    ProductTemplate,
    ProjectPhase,
    RoleKey,
    Size,
    SizeProfile,
    TemplateSection,
)

MOST_ROWS = 40
LINES_2 = {"rows": 2}


def _text(label: Any, *, required: str = "", longest: int, lines: int = 2) -> forms.CharField:
    messages = {"max_length": _("Skriv høyst %(limit_value)d tegn.")}
    if required:
        messages["required"] = required
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput,
        error_messages=messages,
    )


class MethodForm(SeenForm, VersionNameForm):
    """The version's own texts."""

    name = _text(
        _("Hva heter metoden?"), required=_("Skriv hva metoden heter."), longest=120, lines=1
    )
    source = _text(_("Hvor kommer den fra?"), longest=1000)
    silent_after_days = forms.IntegerField(
        label=_("Stille etter så mange dager"),
        help_text=_("Har ingen endret noe i et prosjekt så lenge, ber vi noen se til det."),
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
        error_messages={
            "required": _("Skriv hvor mange dager."),
            "invalid": _("Skriv dagene som et helt tall."),
            "min_value": _("Skriv et tall fra 1 til 365."),
            "max_value": _("Skriv et tall fra 1 til 365."),
        },
    )

    field_order = ["seen", "name", "version", "source", "silent_after_days"]

    def __init__(self, *args: Any, method: Method, **kwargs: Any) -> None:
        names = ("name", "version", "source", "silent_after_days")
        texts = {name: getattr(method, name) for name in names}
        others = Method.objects.exclude(pk=method.pk)
        super().__init__(
            *args,
            stored=repr(texts),
            taken=set(others.values_list("version", flat=True)),
            initial=texts,
            **kwargs,
        )
        self.fields["version"].label = _("Hva heter versjonen?")

    def texts(self) -> dict[str, Any]:
        names = ("name", "version", "source", "silent_after_days")
        return {name: self.cleaned_data[name] for name in names}


class RowForm(forms.Form):
    """A line of a draft. Without `pk` it is a new one."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CheckpointForm(RowForm):
    text = _text(_("Spørsmål"), required=_("Skriv spørsmålet, eller ta det bort."), longest=250)
    help = _text(_("Hjelp"), longest=1000)
    falls_to = forms.ChoiceField(
        label=_("Hvem avklarer det?"), choices=RoleKey.choices, initial=RoleKey.MANAGER
    )


class ProductForm(RowForm):
    name = _text(_("Navn"), required=_("Skriv hva dokumentet heter."), longest=120, lines=1)
    purpose = _text(_("Hensikt"), longest=1000)
    phase = forms.ChoiceField(label=_("Skrives i"), choices=ProjectPhase.choices)
    gate = forms.ChoiceField(label=_("Skal være godkjent til"), choices=GateCode.choices)
    required_in = forms.MultipleChoiceField(
        label=_("Kreves i prosjekter som er"),
        choices=Size.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SectionForm(RowForm):
    heading = _text(
        _("Overskrift"),
        required=_("Skriv overskriften, eller ta avsnittet bort."),
        longest=160,
        lines=1,
    )
    guidance = _text(_("Veiledning"), longest=1000)
    data = forms.ChoiceField(
        label=_("Vis også dette fra prosjektet"), choices=DataBlock.choices, required=False
    )
    is_required = forms.BooleanField(label=_("Må skrives"), required=False, initial=True)


class MethodRows(RowsFormSet):
    """The rows of a draft, each with its place. `NAMES` are the fields that are stored."""

    def rows(self) -> list[Row]:
        names = [name for name in self.form.base_fields if name != "pk"]
        return [Row({name: row[name] for name in names}, row["pk"]) for row in self.kept]


def _rows_of(form: type[RowForm]) -> type[MethodRows]:
    made = forms.formset_factory(
        form,
        formset=MethodRows,
        extra=1,
        can_delete=True,
        can_delete_extra=False,
        can_order=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    return cast(type[MethodRows], made)


CheckpointRows = _rows_of(CheckpointForm)
ProductRows = _rows_of(ProductForm)
SectionRows = _rows_of(SectionForm)


def stored_rows(
    lines: Sequence[ChecklistItem | ProductTemplate | TemplateSection], form: type[RowForm]
) -> list[dict[str, Any]]:
    """The lines as the form begins with them, numbered as they stand."""
    return [{name: getattr(line, name) for name in form.base_fields} for line in lines]


class ProfileForm(forms.Form):
    """One size: how large, and which decision points somebody else decides."""

    max_months = forms.IntegerField(
        label=_("Høyst så mange måneder"),
        required=False,
        min_value=1,
        max_value=240,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
        help_text=_("La stå tomt når det ikke er noen grense."),
        error_messages={
            "invalid": _("Skriv månedene som et helt tall."),
            "min_value": _("Skriv et tall fra 1 til 240."),
            "max_value": _("Skriv et tall fra 1 til 240."),
        },
    )
    max_cost = NorwegianDecimalField(
        label=_("Høyst så mange kroner"),
        required=False,
        max_digits=12,
        decimal_places=0,
        min_value=0,
        help_text=_("La stå tomt når det ikke er noen grense."),
        error_messages={"min_value": _("Grensen kan ikke være negativ.")},
    )
    formal_gates = forms.MultipleChoiceField(
        label=_("Disse vedtas av noen utenfor prosjektet"),
        help_text=_("De andre sjekker prosjektet selv."),
        choices=GateCode.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    description = _text(_("Beskrivelse"), longest=1000)

    def __init__(self, *args: Any, profile: SizeProfile, **kwargs: Any) -> None:
        self.profile = profile
        initial = {name: getattr(profile, name) for name in self.base_fields}
        super().__init__(*args, prefix=profile.size, initial=initial, **kwargs)

    def text(self) -> ProfileText:
        return ProfileText(size=self.profile.size, **self.cleaned_data)


def profile_forms(method: Method, data: Any) -> list[ProfileForm]:
    stored = {each.size: each for each in method.profiles.all()}
    return [
        ProfileForm(data, profile=stored.get(size) or SizeProfile(method=method, size=size))
        for size in Size
    ]
