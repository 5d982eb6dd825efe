from django.urls import path

from maturity import views

app_name = "maturity"

urlpatterns = [
    path("", views.result, name="result"),
    path("paminnelse/", views.remind, name="remind"),
    path("egenvurdering/", views.assessment_start, name="assessment-start"),
    path("egenvurdering/<slug:sector>/", views.assessment, name="assessment"),
    path("egenvurdering/<slug:sector>/begynn/", views.start, name="start"),
    path("egenvurdering/<slug:sector>/lever/", views.submit, name="submit"),
    path("egenvurdering/<slug:sector>/utsett/", views.extend, name="extend"),
    path("egenvurdering/<slug:sector>/apne/", views.reopen, name="reopen"),
    path("egenvurdering/<slug:sector>/<slug:area>/", views.answer, name="answer"),
]
