from django import forms
from django.utils.translation import gettext_lazy as _

from maturity.models import Measure


class MeasureForm(forms.ModelForm):
    class Meta:
        model = Measure
        fields = ["text"]
        labels = {"text": _("Nytt tiltak")}
        help_texts = {"text": _("Én setning om hva dere skal gjøre.")}
        error_messages = {
            "text": {
                "required": _("Skriv hva dere skal gjøre. Én setning holder."),
                "max_length": _("Tiltaket kan ha høyst %(limit_value)d tegn. Del det gjerne i to."),
            }
        }
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}
