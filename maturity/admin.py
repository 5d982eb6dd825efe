"""The instrument. A version that has been used is read-only, so that trends stay honest."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from maturity.models import Area, Characteristic, Instrument, LevelGuidance


def _is_used(instrument: Instrument | None) -> bool:
    return instrument is not None and (instrument.is_frozen or instrument.assessments.exists())


class AreaInline(admin.TabularInline):
    model = Area
    fields = ["code", "name", "question", "order"]
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_used(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_used(obj)


@admin.register(Instrument)
class InstrumentAdmin(admin.ModelAdmin):
    """Which version is in use can always be changed: untick the old one first."""

    list_display = ["name", "version", "is_current"]
    inlines = [AreaInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """When it was frozen and what it builds on is never for a person to say."""
        used = ["name", "version", "source"] if _is_used(obj) else []
        return [*used, "frozen_at", "based_on"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_used(obj)


class CharacteristicInline(admin.TabularInline):
    model = Characteristic
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _belongs_to_used(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _belongs_to_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _belongs_to_used(obj)


def _belongs_to_used(guidance: LevelGuidance | None) -> bool:
    return guidance is not None and _is_used(guidance.area.instrument)


@admin.register(LevelGuidance)
class LevelGuidanceAdmin(admin.ModelAdmin):
    list_display = ["area", "level", "name"]
    list_filter = ["area__instrument", "area"]
    list_select_related = ["area"]
    inlines = [CharacteristicInline]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _belongs_to_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _belongs_to_used(obj)
