"""What the team types in the annual report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annual.models import ReportSection
from core.form_guards import VersionField, refuse_stale


class ReportSectionForm(forms.ModelForm):
    """One section. It saves itself, so an empty text is kept too."""

    version = VersionField()

    class Meta:
        model = ReportSection
        fields = ["text"]
        labels = {"text": _("Teksten som skal stå")}
        help_texts = {"text": _("Tom linje gir nytt avsnitt.")}
        error_messages = {"text": {"max_length": _("Teksten er for lang. Kort den ned litt.")}}
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        # Not asked for: what is half written is kept too.
        self.fields["text"].required = not self.is_bound

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class PublishForm(forms.Form):
    """Carries the draft that was read through, so that a later change is not published unread."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Les rapporten gjennom en gang til før du publiserer."),
            "invalid": _("Les rapporten gjennom en gang til før du publiserer."),
        },
    )
