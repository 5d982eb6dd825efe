"""Who we are and what we steer by, kept by the administrator. The year itself is not done here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from municipality.forms import MunicipalityForm, UserChangeForm, UserCreationForm
from municipality.models import (
    LocalStrategy,
    Municipality,
    Sector,
    StrategyArea,
    StrategyGoal,
    User,
)

admin.site.site_header = _("Digitaliseringshjulet, administrasjon")
admin.site.site_title = _("Administrasjon")
admin.site.index_title = _("Hva vil du endre?")


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    """There is one row, so its list is the row itself."""

    form = MunicipalityForm

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_change_permission(request):
            return super().changelist_view(request, extra_context)
        Municipality.objects.get_or_create(pk=1)
        return redirect(reverse("admin:municipality_municipality_change", args=[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Municipality | None = None) -> bool:
        return False


@admin.register(Sector)
class SectorAdmin(admin.ModelAdmin):
    list_display = ["name", "short_name", "leader", "order"]
    list_editable = ["order"]
    list_select_related = ["leader"]
    autocomplete_fields = ["leader"]
    prepopulated_fields = {"code": ["short_name"]}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts and roles. Who runs the server makes superusers, from the command line."""

    form = UserChangeForm
    add_form = UserCreationForm
    ordering = ["name", "pk"]
    list_display = ["name", "email", "sector", "is_active"]
    list_filter = ["is_active", "groups", "sector"]
    list_select_related = ["sector"]
    search_fields = ["name", "email"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["groups"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Hvem"), {"fields": ["name", "sector"]}),
        (_("Roller"), {"fields": ["groups", "is_active", "is_staff"]}),
        (_("Datoer"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["email", "name", "usable_password", "password1", "password2"],
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        """An administrator cannot take over a superuser's account by setting its password."""
        users = super().get_queryset(request)
        return users if request.user.is_superuser else users.filter(is_superuser=False)


class StrategyGoalInline(admin.TabularInline):
    model = StrategyGoal
    extra = 0


@admin.register(StrategyArea)
class StrategyAreaAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "order"]
    inlines = [StrategyGoalInline]


@admin.register(StrategyGoal)
class StrategyGoalAdmin(admin.ModelAdmin):
    list_display = ["code", "text", "area"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["code", "text"]


@admin.register(LocalStrategy)
class LocalStrategyAdmin(admin.ModelAdmin):
    list_display = ["code", "text", "order"]
    search_fields = ["code", "text"]
    filter_horizontal = ["goals"]
