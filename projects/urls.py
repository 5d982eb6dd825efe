from django.urls import include, path

from projects.views import (
    editing,
    opening,
    organising,
    overview,
    reports,
    reverifying,
    taking_in,
    tolerances,
)
from projects.views import projects as views

app_name = "projects"

urlpatterns = [
    path("", views.project_list, name="list"),
    path("", include("projects.plan_urls")),
    path("", include("projects.change_urls")),
    path("", include("projects.gate_urls")),
    path("<int:pk>/dokumenter/", include("projects.product_urls")),
    path("ta-inn/<str:code>/", taking_in.idea_take_in, name="take-in"),
    path("<int:pk>/", overview.project_detail, name="detail"),
    path("<int:pk>/rediger/", editing.project_edit, name="edit"),
    path("<int:pk>/organisering/", organising.organisation_page, name="organisation"),
    path("<int:pk>/organisering/rediger/", organising.organisation_edit, name="organisation-edit"),
    path("<int:pk>/organisering/roller/ny/", organising.role_add, name="role-add"),
    path("<int:pk>/organisering/roller/<int:role>/", organising.role_edit, name="role-edit"),
    path("<int:pk>/offentlig/", opening.public_text, name="open"),
    path("<int:pk>/offentlig/apne/", opening.open_to_all, name="open-to-all"),
    path("<int:pk>/offentlig/lukk/", opening.close_to_all, name="close-to-all"),
    path("<int:pk>/endringer/vurderinger/", reverifying.reverifications, name="reverify"),
    path(
        "<int:pk>/endringer/vurderinger/<int:reverification_pk>/",
        reverifying.reverify,
        name="reverify-one",
    ),
    path("<int:pk>/endringer/drift/", reverifying.project_drift, name="drift"),
    path("<int:pk>/status/", reports.report_list, name="reports"),
    path("<int:pk>/status/toleranser/", tolerances.tolerances, name="tolerances"),
    path("<int:pk>/status/<str:month>/", reports.report, name="report"),
    path("<int:pk>/status/<str:month>/skriv/", reports.report_write, name="report-write"),
    path("<int:pk>/status/<str:month>/pdf/", reports.report_pdf, name="report-pdf"),
    path("<int:pk>/status/<str:month>/pdf/igjen/", reports.report_retry, name="report-retry"),
    path("<int:pk>/avvik/<int:deviation_pk>/", tolerances.deviation, name="deviation"),
]
