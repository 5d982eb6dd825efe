from django.urls import include, path

from benchmarks.views import floor, floor_for_users

urlpatterns = [
    path("gulv/", floor),
    path("gulv/innlogget/", floor_for_users),
    path("", include("gjovik_digi.urls")),
]
