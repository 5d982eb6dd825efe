"""«Prosjektene»: where they are; for management also how they stand, and what they cost."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual.report.parts import Numbers, Row, Section, Table, joined, page, paragraphs
from annual.report.reader import Reader
from core.formatting import kroner, number
from projects import money, public_page
from projects.models import (
    CaseStatus,
    Ending,
    GateCase,
    GateCode,
    Light,
    Project,
    ProjectPhase,
)

KEY = "projects"
MOST_NAMED = 15  # of the projects that have a red or yellow light


def section(reader: Reader) -> Section:
    heading = _("Prosjektene")
    counts = _counts(reader)
    if not any(counts.values()):
        if reader.is_public:
            return Section(KEY, heading, _("Ingen prosjekter er åpnet for alle ennå."))
        return Section(KEY, heading, _("Det er ingen prosjekter ennå."))
    numbers = _numbers(reader, counts)
    if reader.is_public:
        return Section(
            KEY, heading, _text(reader, counts), numbers=numbers.found, tables=[_opened(reader)]
        )
    year = money.years(reader.year)[0]
    _add_money(numbers, year)
    tables = [_phases(reader), _gates(reader), _lights(reader), _by_sector(year)]
    return Section(
        KEY,
        heading,
        paragraphs(_text(reader, counts), _money_in_words(year)),
        numbers=numbers.found,
        tables=[table for table in tables if table.rows],
    )


def _counts(reader: Reader) -> dict[str, int]:
    live = Q(ending="")
    return reader.projects.aggregate(
        begun=Count("pk", filter=Q(started_on__year=reader.year)),
        running=Count("pk", filter=live & ~Q(phase=ProjectPhase.REALISATION)),
        realising=Count("pk", filter=live & Q(phase=ProjectPhase.REALISATION)),
        stopped=Count("pk", filter=Q(ending=Ending.STOPPED, ended_on__year=reader.year)),
    )


def _text(reader: Reader, counts: dict[str, int]) -> str:
    begun = ngettext(
        "Ett prosjekt startet i {year}.", "{n} prosjekter startet i {year}.", counts["begun"]
    ).format(n=counts["begun"], year=reader.year)
    if not counts["begun"]:
        begun = _("Ingen prosjekter startet i {year}.").format(year=reader.year)
    now = _("{running} pågår nå, og {realising} realiserer gevinster.").format(**counts)
    stopped = _("{n} ble stoppet i {year}.").format(n=counts["stopped"], year=reader.year)
    scope = _("Tallene gjelder prosjektene som er åpnet for alle.") if reader.is_public else ""
    return joined(begun, now, stopped if counts["stopped"] else "", scope)


def _numbers(reader: Reader, counts: dict[str, int]) -> Numbers:
    numbers = Numbers(KEY)
    name = "projects:list" if reader.is_public else "portfolio:table"
    where = {"url": page(name), "source": _("Prosjektene")}
    numbers.add("begun", _("Startet i året"), str(counts["begun"]), **where)
    numbers.add("running", _("Pågår"), str(counts["running"]), **where)
    numbers.add("realising", _("Realiserer gevinster"), str(counts["realising"]), **where)
    return numbers


def _opened(reader: Reader) -> Table:
    """Those that everybody may read about, in plain words."""
    rows = reader.projects.filter(_of_year(reader)).for_list()[:MOST_NAMED]
    return Table(
        caption=_("Prosjekter du kan lese om"),
        head=[_("Prosjekt"), _("Hvor det er nå")],
        rows=[_place(project) for project in rows],
        is_numeric=False,
    )


def _place(project: Project) -> Row:
    url = project.get_absolute_url()
    return Row(project.name, [_where(project)], url=url, project=project.pk)


def _of_year(reader: Reader) -> Q:
    """Those that were under way in the year."""
    not_over = Q(ended_on=None) | Q(ended_on__year__gte=reader.year)
    return not_over & Q(started_on__year__lte=reader.year)


def _where(project: Project) -> str:
    if project.has_ended:
        return str(project.get_ending_display())
    return str(public_page.WHERE[ProjectPhase(project.phase)])


def _phases(reader: Reader) -> Table:
    live = reader.projects.live().order_by().values_list("phase").annotate(Count("pk"))
    counted = dict(live)
    return Table(
        caption=_("Prosjekter etter fase"),
        head=[_("Fase"), _("Prosjekter")],
        rows=[
            Row(str(phase.label), [str(counted[phase.value])])
            for phase in ProjectPhase
            if phase.value in counted
        ],
    )


def _gates(reader: Reader) -> Table:
    """The decisions of the year at each decision point."""
    cases = GateCase.objects.filter(decided_at__year=reader.year, project__in=reader.projects)
    rows = (
        cases.order_by()
        .values_list("gate")
        .annotate(
            passed=Count("pk", filter=Q(status__in=[CaseStatus.APPROVED, CaseStatus.LINE])),
            back=Count("pk", filter=Q(status__in=[CaseStatus.SENT_BACK, CaseStatus.REJECTED])),
        )
    )
    counted = {gate: (passed, back) for gate, passed, back in rows}
    return Table(
        caption=_("Beslutningspunkter i {year}").format(year=reader.year),
        head=[_("Punkt"), _("Godkjent"), _("Sendt tilbake eller avvist")],
        rows=[
            Row(gate.value, [str(count) for count in counted[gate.value]])
            for gate in GateCode
            if gate.value in counted
        ],
    )


def _lights(reader: Reader) -> Table:
    needing = reader.projects.live().filter(light__in=[Light.RED, Light.YELLOW])
    rows = needing.select_related("sector").order_by("light", "name", "pk")
    return Table(
        caption=_("Prosjekter med rødt eller gult lys"),
        head=[_("Prosjekt"), _("Sektor"), _("Fase"), _("Siste status")],
        rows=[_light(project) for project in rows[:MOST_NAMED]],
        is_numeric=False,
        note=_not_named(needing),
    )


def _light(project: Project) -> Row:
    cells = [
        project.sector.short_name,
        str(project.get_phase_display()),
        str(project.get_light_display()),
    ]
    return Row(project.name, cells, url=project.get_absolute_url(), project=project.pk)


def _not_named(needing: QuerySet[Project]) -> str:
    more = needing.count() - MOST_NAMED
    return _("{n} til står i porteføljen.").format(n=more) if more > 0 else ""


def _money_in_words(year: money.Year) -> str:
    if not year.is_filled:
        return _("Ingen har ført penger på prosjektene i {year} ennå.").format(year=year.year)
    said = _("Prosjektene har budsjettert {budget} i {year}. Brukt er {spent}, prognosen {takes}.")
    return said.format(
        year=year.year,
        budget=kroner(year.budget),
        spent=kroner(year.spent),
        takes=kroner(year.takes),
    )


def _add_money(numbers: Numbers, year: money.Year) -> None:
    if not year.is_filled:
        return
    where = {"url": page("portfolio:money"), "source": _("Pengene")}
    numbers.add("budget", _("Budsjett"), kroner(year.budget), **where)
    numbers.add("spent", _("Brukt"), kroner(year.spent), **where)
    numbers.add("takes", _("Prognose"), kroner(year.takes), **where)


def _by_sector(year: money.Year) -> Table:
    return Table(
        caption=_("Penger og årsverk i {year}, etter sektor").format(year=year.year),
        head=[_("Sektor"), _("Budsjett"), _("Brukt"), _("Prognose"), _("Årsverk")],
        rows=[
            Row(
                share.sector.short_name,
                [
                    kroner(share.budget),
                    kroner(share.spent),
                    kroner(share.takes),
                    number(share.person_years, 1),
                ],
            )
            for share in year.shares
            if share.budget or share.takes or share.spent or share.person_years
        ],
    )
