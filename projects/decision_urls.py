from django.urls import path

from projects.views import decisions as views

app_name = "decisions"

urlpatterns = [
    path("notat/<int:memo_pk>/vedtak/", views.decision_list, name="list"),
    path("notat/<int:memo_pk>/vedtak/<int:item_pk>/", views.decision_record, name="record"),
]
