from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField
from ideas.forms.handling import ReasonForm
from ideas.models import Idea


class SplitForm(ReasonForm):
    """What an idea is parted for, and the key that makes two sendings one."""

    submission_key = SubmissionKeyField()


class PartForm(forms.Form):
    title = forms.CharField(
        label=_("Tittel"),
        max_length=Idea._meta.get_field("title").max_length,
        error_messages={"required": _("Gi denne delen en tittel.")},
    )
    problem = forms.CharField(
        label=_("Hva er problemet?"),
        max_length=Idea._meta.get_field("problem").max_length,
        help_text=_("Bruk innsenderens egne ord så langt det går."),
        error_messages={"required": _("Skriv hva problemet er i denne delen.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.may_wait = self.empty_permitted  # a part more than two may stay empty


# Two at least, four at most. Those after the second may stay empty.
PARTS = forms.formset_factory(PartForm, min_num=2, max_num=4, extra=2, validate_min=True)
