"""Plan, money, people and registers of a project, among the addresses of projects/urls.py."""

from django.urls import URLPattern, path

from projects.views import lines, money, people, plan, registers, systems


def _line_patterns(folder: str, register: lines.Register) -> list[URLPattern]:
    """The addresses of one kind of line: add, edit, remove and put back."""
    begin, kind = f"<int:pk>/{folder}", {"register": register}
    return [
        path(f"{begin}/ny/", lines.line_add, kind, name=f"{register.key}-add"),
        path(f"{begin}/angre/", lines.line_restore, kind, name=f"{register.key}-restore"),
        path(f"{begin}/<int:line>/", lines.line_edit, kind, name=f"{register.key}-edit"),
        path(f"{begin}/<int:line>/fjern/", lines.line_remove, kind, name=f"{register.key}-remove"),
    ]


urlpatterns = [
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
    path("<int:pk>/systemer/", systems.project_systems, name="systems"),
    *_line_patterns("systemer", systems.USES),
]
