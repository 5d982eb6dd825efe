"""The register of benefits: one project's, each with its indicators, years and changes."""

from django.urls import path

from benefits.views import indicators, register, register_pages, years

urlpatterns = [
    path("prosjekt/<int:project_pk>/", register_pages.register, name="register"),
    path("prosjekt/<int:project_pk>/ny/", register.benefit_create, name="create"),
    path("prosjekt/<int:project_pk>/las/", register_pages.freeze, name="freeze"),
    path("prosjekt/<int:project_pk>/plan/", years.years, name="years"),
    path("prosjekt/<int:project_pk>/plan/rediger/", years.years_edit, name="years-edit"),
    path("<int:pk>/rediger/", register.benefit_edit, name="edit"),
    path("<int:pk>/endringer/", register_pages.history, name="history"),
    path("<int:pk>/maleindikator/ny/", indicators.indicator_create, name="indicator-create"),
    path("maleindikator/<int:pk>/rediger/", indicators.indicator_edit, name="indicator-edit"),
    path("maleindikator/<int:pk>/ta-ut/", indicators.indicator_retire, name="indicator-retire"),
    path("maleindikator/<int:pk>/ta-i-bruk/", indicators.indicator_resume, name="indicator-resume"),
    path("maleindikator/<int:pk>/hoved/", indicators.indicator_main, name="indicator-main"),
]
