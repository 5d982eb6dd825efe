"""Benefits are described and measured on the pages; here they can only be looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from benefits.models import Benefit, Indicator


class IndicatorInline(admin.TabularInline):
    model = Indicator
    fields = ["name", "unit", "baseline", "target", "target_on", "latest_value"]
    extra = 0


@admin.register(Benefit)
class BenefitAdmin(admin.ModelAdmin):
    list_display = ["name", "project", "state", "owner"]
    list_filter = ["main__state", "kind", "project__sector"]
    list_select_related = ["project", "owner"]
    search_fields = ["name"]
    inlines = [IndicatorInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
