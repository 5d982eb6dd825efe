from django.urls import path

from ideas.views import handling, measures, public

app_name = "ideas"

urlpatterns = [
    path("", public.idea_list, name="list"),
    path("ny/", public.idea_create, name="create"),
    path("kvittering/<uuid:token>/", public.idea_receipt, name="receipt"),
    path("folg/", public.idea_follow, name="follow"),
    path("innboks/", handling.inbox, name="inbox"),
    path("av-tiltak/<int:pk>/", measures.send_measure, name="send-measure"),
    path("<str:code>/behandle/", handling.idea_handle, name="handle"),
    path("<str:code>/videre/", handling.idea_forward, name="forward"),
    path("<str:code>/tilbake/", handling.idea_take_back, name="take-back"),
]
