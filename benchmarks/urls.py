from django.urls import include, path

from benchmarks.views import floor, floor_for_users, one_insert

urlpatterns = [
    path("gulv/", floor),
    path("gulv/innlogget/", floor_for_users),
    path("gulv/innsending/", one_insert),
    path("", include("gjovik_digi.urls")),
]
