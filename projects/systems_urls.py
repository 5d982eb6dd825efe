from django.urls import path

from projects.views import systems as views
from projects.views import systems_calendar as calendar
from projects.views import systems_files as files

app_name = "systems"

urlpatterns = [
    path("", views.system_list, name="list"),
    path("ny/", views.system_create, name="create"),
    path("kollisjoner/", views.collisions, name="collisions"),
    path("fryseperioder/", calendar.freeze_list, name="freezes"),
    path("fryseperioder/ny/", calendar.freeze_create, name="freeze-create"),
    path("fryseperioder/<int:pk>/", calendar.freeze_edit, name="freeze-edit"),
    path("fryseperioder/<int:pk>/fjern/", calendar.freeze_remove, name="freeze-remove"),
    path("excel/", files.system_export, name="export"),
    path("les-inn/", files.system_import, name="import"),
    path("les-inn/mal/", files.system_template, name="template"),
    path("les-inn/<uuid:token>/", files.system_import_preview, name="import-preview"),
    path("<int:pk>/", views.system_detail, name="detail"),
    path("<int:pk>/rediger/", views.system_edit, name="edit"),
    path("<int:pk>/integrasjoner/ny/", views.integration_add, name="integration-add"),
    path(
        "<int:pk>/integrasjoner/<int:integration>/fjern/",
        views.integration_remove,
        name="integration-remove",
    ),
]
