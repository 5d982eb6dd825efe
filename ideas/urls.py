from django.urls import path

from ideas.views import attachments, handling, inbox, joining, measures, outcomes, public, sending

app_name = "ideas"

urlpatterns = [
    path("", public.idea_list, name="list"),
    path("ny/", sending.idea_create, name="create"),
    path("kvittering/<uuid:token>/", sending.idea_receipt, name="receipt"),
    path("folg/", public.idea_follow, name="follow"),
    path("vedlegg/<int:pk>/", attachments.download, name="attachment"),
    path("vedlegg/<int:pk>/vis/", attachments.show, name="attachment-show"),
    path(
        "vedlegg/<uuid:token>/<int:pk>/",
        attachments.download_by_token,
        name="attachment-by-token",
    ),
    path("innboks/", inbox.inbox, name="inbox"),
    path("innboks/sok/", inbox.saved_filters, name="saved-filters"),
    path("innboks/sok/<int:pk>/", inbox.saved_filter, name="saved-filter"),
    path("innboks/flere/", inbox.bulk_choose, name="bulk-choose"),
    path("innboks/flere/<slug:act>/<str:codes>/", inbox.bulk, name="bulk"),
    path("uten-utfall/", outcomes.without_outcome, name="without-outcome"),
    path("sammenslaing/<int:pk>/", joining.merge_done, name="merge-done"),
    path("sammenslaing/<int:pk>/angre/", joining.merge_undo, name="merge-undo"),
    path("av-tiltak/<int:pk>/", measures.send_measure, name="send-measure"),
    path("<str:code>/behandle/", handling.idea_handle, name="handle"),
    path("<str:code>/videre/", handling.idea_forward, name="forward"),
    path("<str:code>/tilbake/", handling.idea_take_back, name="take-back"),
    path("<str:code>/publiser/", handling.idea_publish, name="publish"),
    path("<str:code>/hold-tilbake/", handling.idea_hold_back, name="hold-back"),
    path("<str:code>/svar/", handling.idea_reply, name="reply"),
    path("<str:code>/notat/", handling.idea_note, name="note"),
    path("<str:code>/utfall/<slug:kind>/", outcomes.idea_outcome, name="outcome"),
    path("<str:code>/apne-igjen/", outcomes.idea_reopen, name="reopen"),
    path("<str:code>/sla-sammen/", joining.merge_choose, name="merge"),
    path("<str:code>/sla-sammen/<str:target_code>/", joining.merge_confirm, name="merge-confirm"),
    path("<str:code>/del/", joining.idea_split, name="split"),
    path("<str:code>/del/angre/", joining.split_undo, name="split-undo"),
]
