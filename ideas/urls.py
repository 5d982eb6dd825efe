from django.urls import path

from ideas import views

app_name = "ideas"

urlpatterns = [
    path("", views.idea_list, name="list"),
    path("ny/", views.idea_create, name="create"),
    path("kvittering/<uuid:token>/", views.idea_receipt, name="receipt"),
    path("folg/", views.idea_follow, name="follow"),
    path("innboks/", views.inbox, name="inbox"),
    path("<str:code>/behandle/", views.idea_handle, name="handle"),
    path("<str:code>/videre/", views.idea_forward, name="forward"),
    path("<str:code>/tilbake/", views.idea_take_back, name="take-back"),
]
