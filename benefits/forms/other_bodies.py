"""What people type about another public body that gets a benefit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import OtherBody
from core.form_guards import VersionField, refuse_stale
from projects.forms.lines import plain_errors


class OtherBodyForm(forms.ModelForm):
    """Guarded against two who edit at once."""

    version = VersionField()

    class Meta:
        model = OtherBody
        fields = ["name", "contact", "involved_on"]
        labels = {
            "name": _("Hvilken virksomhet får gevinsten?"),
            "contact": _("Hvem snakker dere med der?"),
            "involved_on": _("Når ble de involvert?"),
        }
        error_messages = {"name": {"required": _("Skriv navnet på virksomheten.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        plain_errors(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned
