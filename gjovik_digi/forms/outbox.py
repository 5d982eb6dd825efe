from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from core.formatting import listed
from core.mail_kinds import LINK_MARK, MailKind
from core.mail_templates import Text
from core.models import MailTemplate, OutgoingMail

LONGEST_BODY = MailTemplate._meta.get_field("body").max_length
TOO_LONG = _("Teksten kan ha høyst %(limit_value)d tegn.")


def _on_one_line(subject: str) -> str:
    return " ".join(subject.split())


class MailForm(forms.ModelForm):
    """The text of one mail that has not gone."""

    version = VersionField()
    body = forms.CharField(
        label=_("Tekst"),
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Skriv hva det skal stå i e-posten.")},
    )

    class Meta:
        model = OutgoingMail
        fields = ["subject", "body", "version"]
        error_messages = {
            "subject": {"required": _("Skriv et emne."), "max_length": TOO_LONG},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.link:
            self.fields["body"].help_text = _(
                "La {link} stå. Der setter vi inn mottakerens egen lenke når e-posten sendes."
            ).format(link=LINK_MARK)

    def clean_subject(self) -> str:
        return _on_one_line(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if self.instance.link and LINK_MARK not in body:
            raise forms.ValidationError(
                _("{link} mangler. Uten den får ikke mottakeren lenken sin.").format(link=LINK_MARK)
            )
        return body

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class DiscardForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor skal den ikke sendes?"),
        max_length=OutgoingMail._meta.get_field("discarded_because").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Grunnen vises i utboksen. Ikke skriv noe personlig."),
        error_messages={
            "required": _("Skriv hvorfor e-posten ikke skal sendes."),
            "max_length": TOO_LONG,
        },
    )


class TemplateForm(forms.ModelForm):
    """The municipality's own text for a kind of mail."""

    version = VersionField()

    class Meta:
        model = MailTemplate
        fields = ["subject", "body", "version"]
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}
        error_messages = {
            "subject": {"required": _("Skriv et emne."), "max_length": TOO_LONG},
            "body": {"required": _("Skriv hva det skal stå i e-posten."), "max_length": TOO_LONG},
        }

    def __init__(self, *args: Any, kind: MailKind, text: Text, **kwargs: Any) -> None:
        """`text` is what stands now, its own or the kind's."""
        kwargs["initial"] = {"subject": text.subject, "body": text.body}
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["body"].required = True
        if kind.is_frame:
            del self.fields["subject"]
        else:
            self.fields["subject"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned

    def clean_subject(self) -> str:
        subject = _on_one_line(self.cleaned_data["subject"])
        self._refuse_unknown(subject)
        return subject

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        self._refuse_unknown(body)
        missing = self.kind.missing_names(body)
        if missing:
            raise forms.ValidationError(
                _("Teksten mangler {words}. E-posten er ikke til nytte uten.").format(
                    words=_in_braces(missing)
                )
            )
        return body

    def _refuse_unknown(self, text: str) -> None:
        unknown = self.kind.unknown_names(text)
        if unknown:
            raise forms.ValidationError(
                _("Vi kjenner ikke {words}. Bruk ordene som står i lista.").format(
                    words=_in_braces(unknown)
                )
            )

    def typed(self) -> Text:
        """After `is_valid`."""
        return Text(self.cleaned_data.get("subject", ""), self.cleaned_data["body"])


def _in_braces(names: list[str]) -> str:
    return listed([f"{{{name}}}" for name in names])
