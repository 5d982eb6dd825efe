from django.urls import path

from benefits.views import measuring, pages, register, register_pages, responsibility

app_name = "benefits"

urlpatterns = [
    path("", pages.benefit_list, name="list"),
    path("prosjekt/<int:project_pk>/", register_pages.register, name="register"),
    path("prosjekt/<int:project_pk>/ny/", register.benefit_create, name="create"),
    path("<int:pk>/", pages.benefit_detail, name="detail"),
    path("<int:pk>/rediger/", register.benefit_edit, name="edit"),
    path("<int:pk>/ansvar/", responsibility.responsibility, name="responsibility"),
    path("<int:pk>/mal/", measuring.measurement_create, name="measure"),
]
