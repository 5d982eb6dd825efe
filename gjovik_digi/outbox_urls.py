from django.urls import path

from gjovik_digi.views import mail_templates, outbox

app_name = "outbox"

urlpatterns = [
    path("", outbox.outbox_list, name="list"),
    path("send/", outbox.release_many, name="release-many"),
    path("maler/", mail_templates.template_list, name="templates"),
    path("maler/<slug:key>/", mail_templates.template_edit, name="template"),
    path("maler/<slug:key>/tilbakestill/", mail_templates.template_restore, name="restore"),
    path("maler/<slug:key>/se-over/", mail_templates.template_read_first, name="read-first"),
    path("<int:pk>/", outbox.mail_detail, name="mail"),
    path("<int:pk>/endre/", outbox.mail_edit, name="edit"),
    path("<int:pk>/hold/", outbox.mail_hold, name="hold"),
    path("<int:pk>/send/", outbox.mail_release, name="release"),
    path("<int:pk>/forkast/", outbox.mail_discard, name="discard"),
]
