"""Decision points, delfaser and the end of a project, among the addresses of projects/urls.py."""

from django.urls import path

from projects.views import cases, ending, gates, stages

urlpatterns = [
    path("<int:pk>/beslutning/", gates.gate, name="gate"),
    path("<int:pk>/beslutning/punkt/<int:item_pk>/", gates.checkpoint, name="checkpoint"),
    path("<int:pk>/beslutning/be/", gates.ask, name="ask"),
    path("beslutning/<int:pk>/", cases.case, name="case"),
    path("beslutning/<int:pk>/trekk/", cases.withdraw, name="case-withdraw"),
    path("<int:pk>/delfaser/", stages.stage_list, name="stages"),
    path("<int:pk>/delfaser/<int:number>/", stages.stage_edit, name="stage-edit"),
    path("<int:pk>/delfaser/<int:number>/fjern/", stages.stage_remove, name="stage-remove"),
    path("<int:pk>/overlevering/", ending.handover, name="handover"),
    path("<int:pk>/stopp/", ending.end, name="end"),
]
