from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("Koden du fikk"),
        max_length=20,
        help_text=_("Slik: G26-062. Den står på kvitteringen."),
        error_messages={"required": _("Skriv koden du fikk da du sendte ideen.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
