"""Form fields that read what people here write."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.formatting import number
from core.widgets import DecimalInput

TOO_BIG = _("Tallet er for stort.")
_MINUS = "−–‐‑"  # what a word processor makes of a hyphen
_UNIT = re.compile(r"(%|kr\.?|,-)$", re.IGNORECASE)
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")  # 1.234.567,8
_DECIMAL = re.compile(r"-?\d+([.,]\d+)?")


class NorwegianDecimalField(forms.DecimalField):
    """A number with decimal comma: «5,8», «1 234,50», «12 %», «−3», «25 000 kr».

    A point is read as a decimal sign too («5.8»). «1.500» could be either, and is asked about.
    """

    widget = DecimalInput
    default_error_messages = {
        "invalid": _("Skriv et tall, for eksempel 5,8."),
        "ambiguous": _("Mener du {whole} eller {fraction}? Skriv tallet uten punktum."),
    }

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, Decimal):
            return super().to_python(value)
        text = self._bare(str(value))
        self._refuse_ambiguous(text)
        if _GROUPED.fullmatch(text):
            text = text.replace(".", "")
        elif not _DECIMAL.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text.replace(",", "."))

    def _bare(self, text: str) -> str:
        """Without unit and spaces of any width, and with a plain minus."""
        text = _UNIT.sub("", "".join(text.split()))
        return re.sub(f"^[{_MINUS}]", "-", text)

    def _refuse_ambiguous(self, text: str) -> None:
        if not re.fullmatch(r"-?\d{1,3}\.\d{3}", text):
            return
        whole, fraction = number(Decimal(text.replace(".", ""))), text.replace(".", ",")
        message = str(self.error_messages["ambiguous"]).format(whole=whole, fraction=fraction)
        raise ValidationError(message, code="ambiguous")

    def prepare_value(self, value: Any) -> Any:
        """What is stored, as it is written here; what was typed, as it was typed."""
        if isinstance(value, float | int | Decimal):
            return number(Decimal(str(value)))
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except (ValidationError, InvalidOperation):
            return True


class KronerField(NorwegianDecimalField):
    """Whole kroner, and never less than nothing."""

    default_error_messages = {
        "min_value": _("Kroner kan ikke være mindre enn null."),
        "max_digits": TOO_BIG,
        "max_whole_digits": TOO_BIG,
        "max_decimal_places": _("Skriv hele kroner."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 12, "decimal_places": 0, **kwargs})


class PersonYearsField(NorwegianDecimalField):
    """Årsverk, to a hundredth, and never less than nothing."""

    default_error_messages = {
        "min_value": _("Årsverk kan ikke være mindre enn null."),
        "max_digits": TOO_BIG,
        "max_whole_digits": TOO_BIG,
        "max_decimal_places": _("Skriv årsverk med høyst to desimaler."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 6, "decimal_places": 2, **kwargs})
