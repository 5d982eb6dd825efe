from django.urls import include, path

from benefits.views import (
    calculation,
    detail,
    kommit,
    measuring,
    pages,
    requests,
    responsibility,
)

app_name = "benefits"

urlpatterns = [
    path("", pages.benefit_list, name="list"),
    path("", include("benefits.register_urls")),
    path("", include("benefits.plan_urls")),
    path("oversikt/", include("benefits.portfolio_urls")),
    path("prosjekt/<int:project_pk>/lonnsomhet/", calculation.calculation, name="calculation"),
    path(
        "prosjekt/<int:project_pk>/lonnsomhet/rediger/",
        calculation.calculation_edit,
        name="calculation-edit",
    ),
    path(
        "prosjekt/<int:project_pk>/lonnsomhet/regneark/",
        calculation.calculation_file,
        name="calculation-file",
    ),
    path("prosjekt/<int:project_pk>/kommit/", kommit.kommit_upload, name="kommit"),
    path(
        "prosjekt/<int:project_pk>/kommit/<uuid:token>/",
        kommit.kommit_preview,
        name="kommit-preview",
    ),
    path(
        "prosjekt/<int:project_pk>/kommit/angre/<int:pk>/", kommit.kommit_undo, name="kommit-undo"
    ),
    path("<int:pk>/", detail.benefit_detail, name="detail"),
    path("<int:pk>/ansvar/", responsibility.responsibility, name="responsibility"),
    path("<int:pk>/mal/", measuring.measurement_create, name="measure"),
    path("maleindikator/<int:pk>/", measuring.indicator_detail, name="indicator"),
    path("maleindikator/<int:pk>/mal/", measuring.indicator_measure, name="measure-indicator"),
    path("maleindikator/<int:pk>/kan-ikke/", measuring.indicator_skip, name="skip"),
    path("maling/<int:pk>/stryk/", measuring.measurement_withdraw, name="withdraw"),
    path("maling/<int:pk>/angre/", measuring.measurement_restore, name="restore"),
    path("maling/fil/<int:pk>/", measuring.measurement_file, name="measurement-file"),
    path("sporsmal/", requests.request_list, name="requests"),
    path("sporsmal/<int:pk>/send-igjen/", requests.request_renew, name="request-renew"),
    path("sporsmal/<int:pk>/spor-en-annen/", requests.request_reassign, name="request-reassign"),
]
