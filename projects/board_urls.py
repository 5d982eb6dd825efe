from django.urls import path

from projects.views import board as views
from projects.views import meetings, minutes

app_name = "board"

urlpatterns = [
    path("", views.board, name="list"),
    path("<int:pk>/", views.change_request_decide, name="decide"),
    path("mote/nytt/", meetings.meeting_plan, name="meeting-plan"),
    path("mote/<int:pk>/", meetings.meeting_detail, name="meeting"),
    path("mote/<int:pk>/rediger/", meetings.meeting_edit, name="meeting-edit"),
    path("mote/<int:pk>/saksliste/", meetings.meeting_agenda, name="agenda"),
    path("mote/<int:pk>/saksliste/legg-til/", meetings.agenda_add, name="agenda-add"),
    path("mote/<int:pk>/saksliste/send/", meetings.agenda_send, name="agenda-send"),
    path("mote/<int:pk>/sett/", meetings.meeting_open, name="meeting-open"),
    path("mote/<int:pk>/til-stede/", meetings.attendance, name="attendance"),
    path("mote/<int:pk>/avslutt/", meetings.meeting_close, name="meeting-close"),
    path("mote/<int:pk>/sak/<int:item_pk>/", meetings.case, name="case"),
    path("mote/<int:pk>/sak/<int:item_pk>/flytt/", meetings.agenda_move, name="agenda-move"),
    path("mote/<int:pk>/sak/<int:item_pk>/ta-av/", meetings.agenda_remove, name="agenda-remove"),
    path("mote/<int:pk>/sak/<int:item_pk>/inhabil/", meetings.recuse, name="recuse"),
    path(
        "mote/<int:pk>/sak/<int:item_pk>/inhabil/<int:recusal_pk>/ta-tilbake/",
        meetings.recuse_withdraw,
        name="recuse-withdraw",
    ),
    path("mote/<int:pk>/referat/", minutes.minutes_status, name="minutes"),
    path("mote/<int:pk>/referat/igjen/", minutes.minutes_retry, name="minutes-retry"),
    path("mote/<int:pk>/referat/fil/", minutes.minutes_download, name="minutes-download"),
]
