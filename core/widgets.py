"""Form controls beyond Django's own. How they look is decided in templates/designsystemet/."""

from typing import Any

from django import forms


class SegmentedRadioSelect(forms.RadioSelect):
    """A few short answers in a row, such as lav–middels–høy. Real radio buttons."""

    variant = "segmented"


class LevelRadioSelect(forms.RadioSelect):
    """Levels in a row: the value as a large number with its name below."""

    variant = "levels"


class DateInput(forms.DateInput):
    """The browser's own date picker, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DecimalInput(forms.TextInput):
    """A number as it is written here, with a decimal comma. The field needs `localize=True`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "data-width": "short", **(attrs or {})})
