from django.urls import path

from maturity.views import (
    assessments,
    comparison,
    exchange,
    instruments,
    result,
    rounds,
    workbook,
)

app_name = "maturity"

urlpatterns = [
    path("", result.result, name="result"),
    path("sektor/<slug:sector>/", result.sector_result, name="sector-result"),
    path("brudd/<int:year>/", result.comparable, name="result-break"),
    path("utveksling/", exchange.exchange, name="exchange"),
    path("utveksling/skjema.json", exchange.exchange_schema, name="exchange-schema"),
    path("utveksling/<int:year>.json", exchange.exchange_json, name="exchange-json"),
    path("utveksling/<int:year>.csv", exchange.exchange_csv, name="exchange-csv"),
    path("sammenlikning/", comparison.show, name="comparison"),
    path("sammenlikning/importer/", comparison.read_in, name="benchmark-read-in"),
    path("sammenlikning/importer/<uuid:token>/", comparison.preview, name="benchmark-preview"),
    path("sammenlikning/<int:pk>/fjern/", comparison.remove, name="benchmark-remove"),
    path("maleinstrument/", instruments.instrument_list, name="instruments"),
    path("maleinstrument/<int:pk>/", instruments.instrument, name="instrument"),
    path("maleinstrument/<int:pk>/ny/", instruments.copy, name="instrument-copy"),
    path("maleinstrument/<int:pk>/navn/", instruments.rename, name="instrument-names"),
    path("maleinstrument/<int:pk>/bruk/", instruments.take_into_use, name="instrument-use"),
    path("maleinstrument/<int:pk>/slett/", instruments.delete, name="instrument-delete"),
    path(
        "maleinstrument/<int:pk>/nytt-omrade/",
        instruments.area_create,
        name="instrument-area-create",
    ),
    path(
        "maleinstrument/<int:pk>/omrade/<slug:area>/",
        instruments.area_edit,
        name="instrument-area",
    ),
    path(
        "maleinstrument/<int:pk>/omrade/<slug:area>/flytt/",
        instruments.area_move,
        name="instrument-area-move",
    ),
    path(
        "maleinstrument/<int:pk>/omrade/<slug:area>/ta-bort/",
        instruments.area_remove,
        name="instrument-area-remove",
    ),
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
