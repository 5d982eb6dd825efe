from django.urls import path

from workshops.views import leading, planning, results, sorting, taking_part

app_name = "workshops"

urlpatterns = [
    # Those who lead
    path("verksted/", planning.workshop_list, name="list"),
    path("verksted/nytt/", planning.workshop_create, name="create"),
    path("verksted/<int:pk>/", leading.workshop_lead, name="lead"),
    path("verksted/<int:pk>/endre/", planning.workshop_edit, name="edit"),
    path("verksted/<int:pk>/slett/", planning.workshop_discard, name="discard"),
    path("verksted/<int:pk>/status/", leading.workshop_status, name="status"),
    path("verksted/<int:pk>/avslutt/", leading.workshop_end, name="end"),
    path("verksted/<int:pk>/steg/", leading.workshop_phase, name="phase"),
    path("verksted/<int:pk>/neste/", leading.workshop_next, name="next"),
    path("verksted/<int:pk>/tid/", leading.workshop_timer, name="timer"),
    path("verksted/<int:pk>/vegg/", leading.workshop_wall, name="wall"),
    path("verksted/<int:pk>/vegg/na/", leading.workshop_wall_now, name="wall-now"),
    path("verksted/<int:pk>/lapp/<int:note_pk>/flytt/", sorting.note_move, name="note-move"),
    path("verksted/<int:pk>/lapp/<int:note_pk>/vis/", leading.note_show, name="note-show"),
    path("verksted/<int:pk>/kolonne/", sorting.cluster_create, name="cluster-create"),
    path("verksted/<int:pk>/kolonne/<int:cluster_pk>/", sorting.cluster_edit, name="cluster"),
    path("verksted/<int:pk>/velg/", results.workshop_choose, name="choose"),
    path("verksted/<int:pk>/utskrift/", results.workshop_print, name="print"),
    path("verksted/<int:pk>/regneark/", results.workshop_export, name="export"),
    # Those who take part
    path("v/", taking_part.enter_code, name="enter"),
    path("v/<str:code>/", taking_part.room, name="room"),
    path("v/<str:code>/bli-med/", taking_part.room_join, name="join"),
    path("v/<str:code>/na/", taking_part.room_now, name="now"),
    path("v/<str:code>/lapp/", taking_part.note_hang_up, name="hang-up"),
    path("v/<str:code>/lapp/<int:note_pk>/", taking_part.note_change, name="note"),
    path("v/<str:code>/lapp/<int:note_pk>/ta-ned/", taking_part.note_take_down, name="take-down"),
    path("v/<str:code>/stem/<int:note_pk>/", taking_part.note_vote, name="vote"),
    path("v/<str:code>/vegg/", taking_part.room_wall, name="room-wall"),
    path("v/<str:code>/vegg/na/", taking_part.room_wall_now, name="room-wall-now"),
]
