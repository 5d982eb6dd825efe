from django.urls import path

from projects.views import announcing, decisions, protocol

app_name = "decisions"

urlpatterns = [
    path("notat/<int:memo_pk>/vedtak/", decisions.decision_list, name="list"),
    path("notat/<int:memo_pk>/vedtak/mote/", decisions.meeting_edit, name="meeting"),
    path("notat/<int:memo_pk>/vedtak/kunngjor/", announcing.publish, name="publish"),
    path("notat/<int:memo_pk>/vedtak/<int:item_pk>/", decisions.decision_record, name="record"),
    path(
        "notat/<int:memo_pk>/vedtak/<int:item_pk>/rett/",
        announcing.decision_correct,
        name="correct",
    ),
    path("notat/<int:memo_pk>/protokoll/<int:pk>/", protocol.protocol_status, name="protocol"),
    path(
        "notat/<int:memo_pk>/protokoll/<int:pk>/prov-igjen/",
        protocol.protocol_retry,
        name="protocol-retry",
    ),
    path(
        "notat/<int:memo_pk>/protokoll/<int:pk>/last-ned/",
        protocol.protocol_download,
        name="protocol-download",
    ),
]
