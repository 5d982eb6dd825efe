import django_filters
from django import forms


class ListFilter(django_filters.FilterSet):
    """What a list is narrowed down by. No field is ever required, so none is marked optional."""

    def get_form_class(self) -> type[forms.Form]:
        form_class = super().get_form_class()
        for field in form_class.base_fields.values():
            field.may_wait = True
        return form_class
