"""The map, the tiltak and the plan as a document, among the addresses of benefits/urls.py."""

from django.urls import URLPattern, path

from benefits.views import mapping, plan, realising
from projects.views import lines


def _line_patterns(begin: str, register: lines.Register) -> list[URLPattern]:
    """The addresses of one kind of line that stands: edit, remove and put back."""
    kind = {"register": register}
    return [
        path(f"{begin}angre/", lines.line_restore, kind, name=f"{register.key}-restore"),
        path(f"{begin}<int:line>/", lines.line_edit, kind, name=f"{register.key}-edit"),
        path(f"{begin}<int:line>/fjern/", lines.line_remove, kind, name=f"{register.key}-remove"),
    ]


MAP = "prosjekt/<int:pk>/kart/"
ACTIONS = "prosjekt/<int:pk>/tiltak/"
PLAN = "prosjekt/<int:pk>/gevinstplan/"

urlpatterns = [
    path(MAP, mapping.map_page, name="map"),
    path(f"{MAP}tegning/", mapping.map_drawing, name="map-drawing"),
    path(f"{MAP}ny/<str:column>/", mapping.box_add, name="map-add"),
    path(f"{MAP}<int:node>/flytt/", mapping.box_move, name="map-move"),
    path(f"{MAP}<int:node>/mal/", mapping.goal_agree, name="map-agree"),
    path(f"{MAP}gevinst/<int:benefit>/", mapping.benefit_place, name="map-place"),
    *_line_patterns(MAP, mapping.MAP),
    path(ACTIONS, realising.action_list, name="actions"),
    path(f"{ACTIONS}ny/", lines.line_add, {"register": realising.ACTIONS}, name="action-add"),
    *_line_patterns(ACTIONS, realising.ACTIONS),
    path("tiltak/<int:pk>/", realising.action_status, name="action-status"),
    path(PLAN, plan.plan, name="plan"),
    path("<int:pk>/virksomhet/", plan.other_body, name="other-body"),
    path(f"{PLAN}excel/", plan.plan_workbook, name="plan-workbook"),
    path(f"{PLAN}filer/", plan.plan_files, name="plan-files"),
    path("planfil/<int:pk>/igjen/", plan.file_retry, name="plan-file-retry"),
    path("planfil/<int:pk>/pdf/", plan.file_pdf, name="plan-file-pdf"),
    path("planfil/<int:pk>/word/", plan.file_word, name="plan-file-word"),
]
