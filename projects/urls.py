from django.urls import URLPattern, path

from projects.views import (
    lines,
    money,
    overview,
    people,
    plan,
    registers,
    reports,
    reverifying,
    taking_in,
    tolerances,
)
from projects.views import projects as views

app_name = "projects"

urlpatterns = [
    path("", views.project_list, name="list"),
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
    path("<int:pk>/fase/", views.project_phase, name="phase"),
    path("<int:pk>/endring/", views.change_request_create, name="request-change"),
]


def _line_patterns(folder: str, register: lines.Register) -> list[URLPattern]:
    """The addresses of one kind of line: add, edit, remove and put back."""
    begin, kind = f"<int:pk>/{folder}", {"register": register}
    return [
        path(f"{begin}/ny/", lines.line_add, kind, name=f"{register.key}-add"),
        path(f"{begin}/angre/", lines.line_restore, kind, name=f"{register.key}-restore"),
        path(f"{begin}/<int:line>/", lines.line_edit, kind, name=f"{register.key}-edit"),
        path(f"{begin}/<int:line>/fjern/", lines.line_remove, kind, name=f"{register.key}-remove"),
    ]


urlpatterns += [
    path("<int:pk>/plan/", plan.plan, name="plan"),
    path("<int:pk>/plan/faser/", plan.plan_phases, name="plan-phases"),
    path("<int:pk>/plan/venter-pa/ny/", plan.link_add, name="link-add"),
    path("<int:pk>/plan/venter-pa/<int:link>/fjern/", plan.link_remove, name="link-remove"),
    *_line_patterns("plan/milepal", plan.MILESTONES),
    path("<int:pk>/penger/", money.money, name="money"),
    path("<int:pk>/penger/rediger/", money.money_edit, name="money-edit"),
    path("<int:pk>/penger/excel/", money.money_workbook, name="money-workbook"),
    path("<int:pk>/bemanning/", people.people, name="people"),
    *_line_patterns("bemanning", people.ALLOCATIONS),
    path("<int:pk>/usikkerhet/", registers.risk_list, name="risks"),
    path("<int:pk>/usikkerhet/excel/", registers.risk_workbook_download, name="risks-workbook"),
    *_line_patterns("usikkerhet", registers.RISKS),
    path("<int:pk>/interessenter/", registers.stakeholder_list, name="stakeholders"),
    *_line_patterns("interessenter", registers.STAKEHOLDERS),
    path("<int:pk>/brukerinvolvering/", registers.involvement_list, name="involvement"),
    *_line_patterns("brukerinvolvering", registers.INVOLVEMENT),
    path("<int:pk>/erfaringer/", registers.lesson_list, name="lessons"),
    *_line_patterns("erfaringer", registers.LESSONS),
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
