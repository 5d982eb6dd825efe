"""What people type about the products of a project."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import FileRefused
from core.form_guards import VersionField, refuse_stale
from core.sent_files import CleanFile
from core.widgets import DateInput
from ideas.forms.sending import FilesField, looked_at
from ideas.models import VirusCheck
from projects.models import Product, ProductAttachment, SectionText

APPROVE, GIVE_BACK = "approve", "give_back"


class SectionForm(forms.ModelForm):
    """One section. It saves itself, so an empty text is kept too; what lacks is told elsewhere."""

    version = VersionField()

    class Meta:
        model = SectionText
        fields = ["text"]
        labels = {"text": gettext_lazy("Tekst")}
        help_texts = {
            "text": gettext_lazy("Tom linje gir nytt avsnitt. Begynn linjen med «- » i en liste.")
        }
        error_messages = {
            "text": {"max_length": gettext_lazy("Teksten er for lang. Kort den ned litt.")}
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        # Said of it, not asked: what is half written is kept too.
        self.fields["text"].required = self.instance.section.is_required and not self.is_bound

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class VersionForm(forms.Form):
    """A line of endringsloggen. Two buttons: keep it, or keep it and send it for approval."""

    change = forms.CharField(
        label=gettext_lazy("Hva er endret?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Står i endringsloggen. Slik: Første utgave, eller Nytt budsjett"),
        error_messages={"required": gettext_lazy("Skriv hva som er endret. Én setning holder.")},
    )
    case_number = forms.CharField(
        label=gettext_lazy("Saksnummer"),
        max_length=Product._meta.get_field("case_number").max_length,
        required=False,
        help_text=gettext_lazy("Slik: 26/1847"),
        widget=forms.TextInput(attrs={"data-width": "short"}),
    )


class LeaveOutForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor lager dere det ikke?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Den som skal beslutte, leser dette."),
        error_messages={"required": gettext_lazy("Skriv hvorfor prosjektet ikke lager dette.")},
    )


class DecideProductForm(forms.Form):
    """Carries the number of the version that was read, so that a newer one is not approved."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("Hva svarer du?"),
        choices=[
            (APPROVE, gettext_lazy("Godkjenn. Versjonen gjelder fra nå.")),
            (GIVE_BACK, gettext_lazy("Gi tilbake. Prosjektet skriver mer og ber på nytt.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg om du godkjenner eller gir tilbake.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Hva må bli bedre?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Trengs når du gir tilbake."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == GIVE_BACK and not cleaned.get("reason"):
            self.add_error("reason", _("Skriv hva som må bli bedre før du kan godkjenne."))
        return cleaned


class DistributeForm(forms.Form):
    to = forms.CharField(
        label=gettext_lazy("Hvem fikk den?"),
        max_length=160,
        help_text=gettext_lazy("Slik: Prosjektstyret, eller Kari Nordmann, leverandøren"),
        error_messages={"required": gettext_lazy("Skriv hvem som fikk dokumentet.")},
    )
    on = forms.DateField(
        label=gettext_lazy("Når?"),
        widget=DateInput(attrs={"data-width": "short"}),
        error_messages={
            "required": gettext_lazy("Skriv datoen de fikk det."),
            "invalid": gettext_lazy("Skriv datoen slik: 3.11.2026."),
        },
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> dt.date:
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return on


class AttachForm(forms.Form):
    files = FilesField(
        label=gettext_lazy("Filer"),
        help_text=gettext_lazy("PDF eller bilder, opptil fem filer på høyst 10 MB hver."),
    )
    replaces = forms.BooleanField(
        label=gettext_lazy("Filen erstatter dokumentet"),
        required=False,
        help_text=gettext_lazy("Da trenger dere ikke skrive dokumentet her."),
    )

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room
        self.fields["files"].required = True
        self.fields["files"].error_messages["required"] = _("Velg en fil.")

    def clean_files(self) -> list[tuple[CleanFile, VirusCheck]]:
        sent = self.cleaned_data["files"]
        if len(sent) > self.room:
            raise forms.ValidationError(
                _("Det er plass til {n} filer til. Dokumentet kan ha {most} i alt.").format(
                    n=self.room, most=ProductAttachment.MAX_FILES
                )
            )
        accepted, faults = [], []
        for file in sent:
            try:
                accepted.append(looked_at(file))
            except FileRefused as refused:
                faults.append(_("«{name}»: {reason}").format(name=file.name, reason=refused.reason))
        if faults:
            raise forms.ValidationError(faults)
        return accepted
