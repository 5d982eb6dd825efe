"""Who works in a project, and how much of them all their projects have together."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.formatting import count_word
from projects import staffing
from projects.forms.plan import AllocationForm
from projects.models import Allocation
from projects.views.lines import Register, page_context, read

PER_PAGE = 50

ALLOCATIONS = Register(
    key="allocation",
    page="people",
    here=gettext_lazy("Bemanning"),
    model=Allocation,
    form=AllocationForm,
    asks=gettext_lazy("Hvem skal jobbe i prosjektet?"),
    change=gettext_lazy("Endre bemanningen"),
    remove=gettext_lazy("Fjerne personen fra bemanningen?"),
    warning=gettext_lazy("Tiden blir ledig for andre prosjekter."),
    removed=gettext_lazy("er fjernet fra bemanningen"),
    blank=lambda model, project, *, today, **_others: model(project=project, starts_on=today),
)


@require_GET
def people(request: HttpRequest, pk: int) -> HttpResponse:
    project = read(request, pk)
    allocations = project.allocations.select_related("person").order_by("starts_on", "pk")
    months = staffing.months_from(timezone.localdate())
    loads = staffing.loads(project, months)
    context = {
        **page_context(request, project, ALLOCATIONS),
        "headline": _in_words(loads),
        "page": Paginator(allocations, PER_PAGE).get_page(request.GET.get("page")),
        "months": months,
        "loads": loads,
        "too_much": [load for load in loads if load.is_too_much],
    }
    return render(request, "projects/people.html", context)


def _in_words(loads: list[staffing.PersonLoad]) -> str:
    if not loads:
        return _("Ingen er satt opp nå")
    too_much = sum(load.is_too_much for load in loads)
    if too_much == 1:
        return _("Én person er satt opp med mer enn hele stillingen")
    if too_much:
        return _("{count} personer er satt opp med mer enn hele stillingen").format(
            count=count_word(too_much).capitalize()
        )
    return _("Ingen er satt opp med mer enn hele stillingen")
