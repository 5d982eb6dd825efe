"""The portfolio of benefits: what was promised, what came of it, and what needs somebody."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from benefits import attention, overview, portfolio
from benefits.attention import Matter
from benefits.filters import PortfolioFilter
from benefits.models import Benefit
from benefits.overview import Unit
from benefits.portfolio import PartedBy, Totals
from core.access import require_perm
from core.formatting import NOTHING

PER_PAGE = 50
NEEDING_PER_PAGE = 25  # each with what is the matter, and what to do about it
OF_ONE_PAGE = (
    "page",
    "matter",
    "per",
)  # what is left behind when another page has the same filters
SHOWN = (
    *("number", "name", "kind", "receiver", "use", "is_disbenefit", "project__name"),
    *("project__sector__short_name", "main__state", "main__latest_evidence"),
)


def asked_filters(request: HttpRequest) -> str:
    """What the benefits are narrowed down by, as it stands in the address."""
    asked: QueryDict = request.GET.copy()
    for gone in [*OF_ONE_PAGE, *(name for name, value in request.GET.items() if not value)]:
        asked.pop(gone, None)
    return asked.urlencode()


def filtered(request: HttpRequest) -> PortfolioFilter:
    """The benefits the person may see, narrowed down as the address says."""
    require_perm(request.user, "benefits.view_portfolio")
    seen = Benefit.objects.visible_to(request.user)
    return PortfolioFilter(request.GET, queryset=seen, on=timezone.localdate())


def _frame(request: HttpRequest, found: PortfolioFilter) -> dict[str, Any]:
    return {
        "filter": found,
        "asked": asked_filters(request),
        "chosen": list(found.chosen()),
        "until": found.until,
        "today": timezone.localdate(),
    }


def _narrowed(request: HttpRequest, key: str, value: Any) -> str:
    """The same page, narrowed down to one more thing."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked[key] = value
    return f"?{asked.urlencode()}"


def _parted_by(request: HttpRequest) -> PartedBy:
    asked = request.GET.get("per", "")
    return next((each for each in PartedBy if each == asked), PartedBy.SECTOR)


def _page(
    request: HttpRequest, rows: QuerySet[Benefit], count: int, per_page: int = PER_PAGE
) -> Page:
    """One page of rows. How many there are is known already."""
    paginator = Paginator(rows, per_page)
    paginator.count = count
    return paginator.get_page(request.GET.get("page"))


@dataclass(frozen=True)
class Shown:
    """A benefit as a row, with what it comes to through the year that is chosen."""

    benefit: Benefit
    totals: Totals

    def _say(self, name: str) -> str:
        """In the unit that the benefit is counted in."""
        for unit in Unit:
            flow = unit.flow(self.totals)
            if flow:
                return unit.say(getattr(flow, name))
        return NOTHING

    @property
    def is_reported(self) -> bool:
        return bool(self.totals.kroner.reported or self.totals.person_years.reported)

    @property
    def promised(self) -> str:
        return self._say("promised")

    @property
    def realised(self) -> str:
        return self._say("realised") if self.is_reported else NOTHING

    @property
    def taken_out(self) -> str:
        return self._say("taken_out")


@require_GET
def portfolio_overview(request: HttpRequest) -> HttpResponse:
    found = filtered(request)
    benefits, until = found.qs, found.until
    summed = portfolio.read(benefits, through=until, parted_by=_parted_by(request))
    rows = benefits.select_related("main", "project__sector").only(*SHOWN)
    page = _page(request, rows.order_by("name", "pk"), summed.counts.total)
    of_page = Benefit.objects.filter(pk__in=[benefit.pk for benefit in page.object_list])
    each = portfolio.by_benefit(of_page, through=until)
    units = overview.in_each_unit(summed)
    context = _frame(request, found) | {
        "shown": summed,
        "headline": overview.headline(summed),
        "notes": overview.notes(summed),
        "units": units,
        "has_kroner": any(one.unit is Unit.KRONER for one in units),
        "has_person_years": any(one.unit is Unit.PERSON_YEARS for one in units),
        "sureness": overview.sureness(summed),
        "group": overview.group(summed, lambda key: _narrowed(request, summed.parted_by, key)),
        "ways": overview.HEADINGS,
        "page": page,
        "rows": [Shown(one, each.get(one.pk, Totals())) for one in page.object_list],
    }
    return render(request, "benefits/portfolio.html", context)


@require_GET
def portfolio_attention(request: HttpRequest) -> HttpResponse:
    """All that needs somebody, the most pressing first, or only one kind of it."""
    found, today = filtered(request), timezone.localdate()
    benefits = found.qs
    needs = attention.counts(benefits, on=today)
    matter = next((each for each in Matter if each == request.GET.get("matter")), None)
    keys = attention.needing(benefits, matter, on=today).values_list("pk", flat=True)
    page = _page(request, keys, needs.count(matter), NEEDING_PER_PAGE)
    context = _frame(request, found) | {
        "page": page,
        "rows": attention.rows(page.object_list, to=request.user, on=today),
        "headline": attention.headline(needs.count(matter)),
        "matters": needs.of,
        "matter": matter,
    }
    return render(request, "benefits/portfolio_attention.html", context)
