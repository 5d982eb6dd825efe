"""The form an idea is sent with, by anybody."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import sent_files, virus
from core.abuse import Guarded
from core.errors import FileRefused
from core.sent_files import CleanFile
from ideas.forms.looked_through import LookedThrough
from ideas.models import AttachmentKind, Idea, StagedAttachment, Submitter, VirusCheck


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Several files at once. Each is looked at by the form, so that one fault loses no other."""

    def __init__(self, **kwargs: Any) -> None:
        accepted = ",".join(AttachmentKind.values)
        widget = FilesInput(attrs={"accept": accepted, "multiple": True})
        super().__init__(widget=widget, required=False, **kwargs)


class IdeaForm(LookedThrough, Guarded, forms.ModelForm):
    """Three plain questions, and what somebody may add who wants to."""

    FOLDED = ("solution", "sector", "files", "email")
    LOOKED_THROUGH = ("problem", "who_has_it", "solution")
    lead = gettext_lazy("Du trenger bare å svare på tre spørsmål. Vi finner ut resten.")

    files = FilesField(
        label=gettext_lazy("Bilder eller PDF"),
        help_text=gettext_lazy(
            "Opptil fem filer på høyst 10 MB hver. Vi tar bort sted og kamera fra bildene."
        ),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-posten din"),
        required=False,
        help_text=gettext_lazy("Vi bruker den bare til å svare deg, og sletter den etter to år."),
        error_messages={"invalid": gettext_lazy("Skriv e-posten slik: navn@eksempel.no.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = Idea
        fields = ["problem", "who_has_it", "submitter", "solution", "sector"]
        labels = {
            "problem": gettext_lazy("1. Hva er problemet?"),
            "who_has_it": gettext_lazy("2. Hvem har problemet?"),
            "submitter": gettext_lazy("3. Hvem er du?"),
            "solution": gettext_lazy("Hva kunne løst det?"),
            "sector": gettext_lazy("Hvilken del av kommunen gjelder det?"),
        }
        help_texts = {
            "problem": gettext_lazy("Fortell hva som skjer i dag, gjerne med et eksempel."),
            "who_has_it": gettext_lazy("For eksempel foreldre, naboer, ansatte i hjemmetjenesten."),
            "solution": gettext_lazy("Bare hvis du har tenkt på noe. Problemet er det viktigste."),
            "sector": gettext_lazy("La det stå tomt om du er usikker."),
        }
        error_messages = {
            "problem": {"required": gettext_lazy("Skriv hva problemet er. Én setning holder.")},
            "who_has_it": {
                "required": gettext_lazy("Skriv hvem som har problemet. Ett ord holder.")
            },
            "submitter": {
                "required": gettext_lazy("Velg hvem du er."),
                "invalid_choice": gettext_lazy("Velg hvem du er."),
            },
            "sector": {"invalid_choice": gettext_lazy("Velg en del av kommunen fra lista.")},
        }
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 5}),
            "solution": forms.Textarea(attrs={"rows": 4}),
            "submitter": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submitter"].choices = Submitter.choices
        self.fields["sector"].empty_label = _("Vet ikke")
        self.accepted: list[tuple[CleanFile, VirusCheck]] = []

    @property
    def wants_more(self) -> bool:
        """Something is filled in, or wrong, among the fields that are folded away."""
        folded = [self[name] for name in self.FOLDED if name in self.fields]
        return bool(self.staged) or any(field.value() or field.errors for field in folded)

    @cached_property
    def staged(self) -> QuerySet[StagedAttachment] | list:
        """The files that are kept from the times this form was not right."""
        key = self.cleaned_data.get("submission_key") if hasattr(self, "cleaned_data") else None
        if key is None:
            return []
        return StagedAttachment.objects.without_content().filter(submission_key=key)

    def clean_files(self) -> list[tuple[CleanFile, VirusCheck]]:
        """Keeps in `accepted` what may be kept, also when another file is refused."""
        sent = self.cleaned_data["files"]
        room = StagedAttachment.MAX_FILES - len(self.staged)
        faults = []
        for file in sent[: max(room, 0)]:
            try:
                self.accepted.append(looked_at(file))
            except FileRefused as refused:
                faults.append(_("«{name}»: {reason}").format(name=file.name, reason=refused.reason))
        if len(sent) > room:
            faults.append(
                _("Du kan legge ved fem filer. Ta bort noen, eller send ideen med disse.")
            )
        if faults:
            raise forms.ValidationError(faults)
        return self.accepted


class EmployeeIdeaForm(IdeaForm):
    """The same for somebody who is logged in: we know who they are and how to reach them."""

    lead = gettext_lazy("To spørsmål holder. Vi vet allerede hvem du er.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        del self.fields["submitter"]


def looked_at(file: UploadedFile) -> tuple[CleanFile, VirusCheck]:
    """The file as it may be kept, and what the virus scanner says about it."""
    cleaned = sent_files.clean(file)
    if not virus.is_on():
        return cleaned, VirusCheck.NOT_USED
    verdict = virus.scan(cleaned.content)
    if verdict == virus.Verdict.INFECTED:
        raise FileRefused(_("Virussjekken stoppet fila. Vi har ikke tatt vare på den."))
    if verdict == virus.Verdict.UNKNOWN:
        return cleaned, VirusCheck.WAITING
    return cleaned, VirusCheck.CLEAN
