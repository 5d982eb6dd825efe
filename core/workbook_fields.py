"""A form's door for workbooks: the faults of the file stand beside the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.workbook_safety import MAX_BYTES, WorkbookRefused
from core.workbook_writing import CONTENT_TYPE
from core.workbooks import Workbook, megabytes, read_workbook


class WorkbookUploadField(forms.FileField):
    """Cleans to a `core.workbooks.Workbook`. `computed`: formulas give their last values."""

    widget = forms.FileInput(attrs={"accept": f".xlsx,{CONTENT_TYPE}"})
    default_error_messages = {
        "required": _("Velg fila du vil laste opp."),
        "empty": _("Fila er tom."),
        "invalid": _("Vi fikk ikke med fila. Velg den på nytt."),
        "missing": _("Vi fikk ikke med fila. Velg den på nytt."),
        "max_length": _("Navnet på fila er for langt. Gi den et kortere navn."),
    }

    def __init__(
        self, *, max_bytes: int = MAX_BYTES, computed: bool = False, **kwargs: Any
    ) -> None:
        self.max_bytes = max_bytes
        self.computed = computed
        kwargs.setdefault("label", _("Regneark"))
        kwargs.setdefault(
            "help_text",
            _("Et regneark i formatet .xlsx, på høyst {size}.").format(size=megabytes(max_bytes)),
        )
        super().__init__(max_length=200, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Workbook | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return read_workbook(upload, max_bytes=self.max_bytes, computed=self.computed)
        except WorkbookRefused as refused:
            raise ValidationError(refused.message, code="refused") from None
