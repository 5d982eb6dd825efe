"""Projects are run on the pages. Here they can be looked at, and their people be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from projects.models import ChangeRequest, PhaseChange, Project


class PhaseChangeInline(admin.TabularInline):
    model = PhaseChange
    extra = 0
    can_delete = False
    readonly_fields = ["phase", "note", "by", "on"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ["name", "sector", "phase", "owner", "manager"]
    list_filter = ["phase", "sector"]
    search_fields = ["name", "summary"]
    list_select_related = ["sector", "owner", "manager"]
    fields = ["idea", "name", "phase", "started_on", "sector", "owner", "manager"]
    readonly_fields = ["idea", "name", "phase", "started_on"]
    raw_id_fields = ["owner", "manager"]
    inlines = [PhaseChangeInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ChangeRequest)
class ChangeRequestAdmin(admin.ModelAdmin):
    list_display = ["title", "project", "status", "requested_by", "decided_at"]
    list_filter = ["status"]
    list_select_related = ["project", "requested_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
