from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms


@dataclass(frozen=True)
class Chosen:
    """One thing a list is narrowed down by, and the address without it."""

    words: str
    without: str


class ListFilter(django_filters.FilterSet):
    """What a list is narrowed down by. No field is ever required, so none is marked optional."""

    NO_NARROWING = ("sort",)

    def get_form_class(self) -> type[forms.Form]:
        form_class = super().get_form_class()
        for field in form_class.base_fields.values():
            field.may_wait = True
        return form_class

    def chosen(self) -> Iterator[Chosen]:
        if not self.form.is_valid():
            return
        for name, value in self.form.cleaned_data.items():
            if value not in (None, "") and name not in self.NO_NARROWING:
                yield Chosen(self._words(name, value), self._address_without(name))

    def _words(self, name: str, value: Any) -> str:
        if name == "q":
            return f"«{value}»"
        choices = self.filters[name].extra.get("choices")
        words = dict(choices).get(value, value) if choices else value
        return f"{self.form.fields[name].label}: {words}"

    def _address_without(self, name: str) -> str:
        left = self.data.copy()
        for gone in (name, "page"):
            left.pop(gone, None)
        return f"?{left.urlencode()}"
