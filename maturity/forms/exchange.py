from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.workbook_safety import MAX_BYTES
from core.workbooks import megabytes
from maturity.exchange import records


class ExchangeFileField(forms.FileField):
    """Cleans to `maturity.exchange.records.Records`. Which kind it is, its content says."""

    widget = forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"})
    default_error_messages = {
        "required": _("Velg fila du vil laste opp."),
        "empty": _("Fila er tom."),
        "invalid": _("Vi fikk ikke med fila. Velg den på nytt."),
        "missing": _("Vi fikk ikke med fila. Velg den på nytt."),
        "max_length": _("Navnet på fila er for langt. Gi den et kortere navn."),
    }

    def clean(self, data: Any, initial: Any = None) -> records.Records:
        upload: UploadedFile = super().clean(data, initial)
        try:
            return records.read(upload)
        except records.Unreadable as unreadable:
            raise forms.ValidationError(unreadable.message, code="unreadable") from None


class BenchmarkUploadForm(forms.Form):
    """A file another municipality has shared, and how it came here."""

    file = ExchangeFileField(
        label=_("Fila fra den andre kommunen"),
        help_text=_("JSON, CSV eller Excel (.xlsx) i utvekslingsformatet, på høyst {size}.").format(
            size=megabytes(MAX_BYTES)
        ),
        max_length=200,
    )
    source = forms.CharField(
        label=_("Hvor har dere den fra?"),
        help_text=_("Alle kan lese det. Skriv kommunen og datoen, og ikke navn på personer."),
        max_length=200,
        error_messages={
            "required": _("Skriv hvor fila kommer fra."),
            "max_length": _("Skriv det kortere: høyst %(limit_value)d tegn."),
        },
    )


class BenchmarkConfirmForm(forms.Form):
    """Nothing to fill in, unless there is something to replace."""

    replaces = forms.BooleanField(
        label=_("Ja, bytt ut målingen som ligger her fra før"),
        error_messages={"required": _("Kryss av for at den gamle målingen skal byttes ut.")},
    )

    def __init__(self, *args: Any, has_earlier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_earlier:
            del self.fields["replaces"]
