from django import forms
from django.utils.translation import gettext_lazy as _

from core.abuse import Guarded
from core.form_guards import SubmissionKeyField
from ideas.forms.looked_through import LookedThrough
from ideas.models import Addition, Comment, Submitter


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("Koden du fikk"),
        max_length=20,
        help_text=_("Slik: G26-062. Den står på kvitteringen."),
        error_messages={"required": _("Skriv koden du fikk da du sendte ideen.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SubscribeForm(Guarded):
    email = forms.EmailField(
        label=_("E-post"),
        error_messages={
            "required": _("Skriv e-posten din."),
            "invalid": _("Skriv e-posten slik: navn@eksempel.no."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OwnLinkForm(Guarded):
    """For the sender who has lost the link: the code, and the address they left."""

    code = forms.CharField(
        label=_("Koden på ideen"),
        max_length=20,
        help_text=_("Slik: G26-062. Den står på ideens side."),
        error_messages={"required": _("Skriv koden på ideen.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=_("E-posten du la igjen"),
        error_messages={
            "required": _("Skriv e-posten du la igjen da du sendte ideen."),
            "invalid": _("Skriv e-posten slik: navn@eksempel.no."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AdditionForm(LookedThrough):
    LOOKED_THROUGH = ("text",)

    submission_key = SubmissionKeyField()
    text = forms.CharField(
        label=_("Hva vil du legge til?"),
        max_length=Addition._meta.get_field("text").max_length,
        help_text=_("Det du skrev først, blir stående som det er."),
        error_messages={"required": _("Skriv det du vil legge til.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor trekker du den?"),
        required=False,
        max_length=500,
        help_text=_("Står på ideens side. Du trenger ikke å svare."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SupportForm(Guarded):
    take_back = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CommentForm(LookedThrough, Guarded):
    LOOKED_THROUGH = ("text",)

    text = forms.CharField(
        label=_("Kommentaren din"),
        max_length=Comment._meta.get_field("text").max_length,
        help_text=_("Vi leser den før andre får se den."),
        error_messages={"required": _("Skriv en kommentar.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submitter = forms.ChoiceField(
        label=_("Hvem er du?"),
        choices=Submitter.choices,
        error_messages={
            "required": _("Velg hvem du er."),
            "invalid_choice": _("Velg hvem du er."),
        },
        widget=forms.RadioSelect,
    )


class RefuseCommentForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor blir den ikke vist?"),
        max_length=Comment._meta.get_field("refused_because").max_length,
        help_text=_("Den som skrev kommentaren, får lese dette."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
