"""Criteria are edited here. A set that a round has used stays as it was: its scores rest on it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prioritization.models import CriteriaSet, Criterion, Question

SUM_OF_WEIGHTS = 100


class CriterionFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        total = sum(form.cleaned_data.get("weight") or 0 for form in kept)
        if total != SUM_OF_WEIGHTS:
            raise ValidationError(
                _("Vektene blir {total} til sammen. De skal bli 100.").format(total=total)
            )


class UnusedSetOnly:
    """Change and removal are for sets that no round has used."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_used(obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_used(obj)  # type: ignore[misc]


def _is_used(obj: CriteriaSet | Criterion | None) -> bool:
    if obj is None:
        return False
    criteria_set = obj if isinstance(obj, CriteriaSet) else obj.criteria_set
    return criteria_set.rounds.exists()


class CriterionInline(UnusedSetOnly, admin.TabularInline):
    model = Criterion
    formset = CriterionFormSet
    extra = 0
    show_change_link = True


@admin.register(CriteriaSet)
class CriteriaSetAdmin(admin.ModelAdmin):
    list_display = ["name", "stage", "version", "is_current"]
    inlines = [CriterionInline]

    def get_readonly_fields(
        self, request: HttpRequest, obj: CriteriaSet | None = None
    ) -> list[str]:
        """Of a used set only this may change: whether new rounds use it too."""
        return ["stage", "name", "version", "source", "based_on"] if _is_used(obj) else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_used(obj)


class QuestionInline(UnusedSetOnly, admin.StackedInline):
    model = Question
    extra = 0


@admin.register(Criterion)
class CriterionAdmin(UnusedSetOnly, admin.ModelAdmin):
    list_display = ["name", "criteria_set", "weight"]
    list_filter = ["criteria_set"]
    inlines = [QuestionInline]
    readonly_fields = ["criteria_set", "weight"]  # weights are changed together, in the set

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
