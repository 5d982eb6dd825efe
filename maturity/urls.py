from django.urls import path

from maturity.views import assessments, result, rounds, workbook

app_name = "maturity"

urlpatterns = [
    path("", result.result, name="result"),
    path("paminnelse/", rounds.remind, name="remind"),
    path("egenvurdering/", rounds.assessment_start, name="assessment-start"),
    path("egenvurdering/<slug:sector>/", assessments.assessment, name="assessment"),
    path("egenvurdering/<slug:sector>/begynn/", assessments.start, name="start"),
    path("egenvurdering/<slug:sector>/lever/", assessments.submit, name="submit"),
    path("egenvurdering/<slug:sector>/utsett/", rounds.extend, name="extend"),
    path("egenvurdering/<slug:sector>/apne/", rounds.reopen, name="reopen"),
    path("egenvurdering/<slug:sector>/regneark/", workbook.workbook, name="workbook"),
    path(
        "egenvurdering/<slug:sector>/regneark/last-ned/",
        workbook.workbook_download,
        name="workbook-download",
    ),
    path(
        "egenvurdering/<slug:sector>/regneark/<uuid:token>/",
        workbook.workbook_preview,
        name="workbook-preview",
    ),
    path("egenvurdering/<slug:sector>/<slug:area>/", assessments.answer, name="answer"),
]
