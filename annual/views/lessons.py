"""«Hva lærte vi»: the years beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annual import lessons, track_record
from annual.actions.charts import draw_funnel
from annual.lessons import STEPS, YearNumbers
from core.access import require_perm
from core.formatting import count_word, number, share
from core.models import Chart
from maturity import results
from maturity.actions.charts import development_key
from municipality.models import AnnualCycle
from prioritization.hindsight import FEWEST_PROJECTS, Cell
from prioritization.models import ScoreLevel, Stage

NOBODY = Cell(0, None)


@dataclass(frozen=True)
class Kept:
    """What became of each answer to a criterion, from high to low."""

    criterion: str
    stage: str
    cells: Sequence[Cell]


@require_GET
def year_lessons(request: HttpRequest) -> HttpResponse:
    require_perm(request.user, "annual.view_closed_year")
    years = lessons.compare(AnnualCycle.objects.all())
    record = track_record.read()
    measured = [year for year in years if year.maturity is not None]
    development = _development(measured)
    with_ideas = [year for year in years if year.reached["ideas"]]
    context = {
        "years": list(reversed(years)),
        "with_ideas": list(reversed(with_ideas)),
        "steps": STEPS,
        "measured": measured,
        "development": development,
        "development_chart": _development_chart(measured),
        "funnel_chart": draw_funnel(years),
        "record": record,
        "kept": _kept(record),
        "levels": [level.label for level in reversed(ScoreLevel)],
        "fewest": count_word(FEWEST_PROJECTS),
        "lessons": lessons.lessons_for(request.user),
        "headings": {
            "maturity": _maturity_heading(development),
            "ideas": _ideas_heading(with_ideas),
            "waits": _waits_heading(with_ideas),
            "record": _record_heading(record),
        },
    }
    return render(request, "annual/lessons.html", context)


def _development(measured: Sequence[YearNumbers]) -> results.Development | None:
    if not measured:
        return None
    return results.development(results.read(until=measured[-1].year))


def _development_chart(measured: Sequence[YearNumbers]) -> Chart | None:
    if not measured:
        return None
    return Chart.objects.filter(key=development_key(measured[-1].cycle)).first()


def _kept(record: track_record.TrackRecord) -> list[Kept]:
    cells = record.cells() if record.is_enough else {}
    return [
        Kept(
            criterion.name,
            str(Stage(criterion.stage).label),
            [cells.get((criterion.key, level.value), NOBODY) for level in reversed(ScoreLevel)],
        )
        for criterion in record.criteria
    ]


def _maturity_heading(development: results.Development | None) -> str:
    """Only of years that were measured with the same questions, up to the latest."""
    run = development.overall.latest_run if development else ()
    if not run:
        return _("Modenheten er ikke målt ennå")
    first, last = run[0], run[-1]
    if first.year == last.year:
        return _("Modenheten var {now} av 5 i {year}").format(
            now=number(last.mean, 1), year=last.year
        )
    return _("Modenheten har gått fra {before} til {now} av 5 siden {year}").format(
        before=number(first.mean, 1), now=number(last.mean, 1), year=first.year
    )


def _ideas_heading(with_ideas: Sequence[YearNumbers]) -> str:
    if not with_ideas:
        return _("Ingen har sendt inn ideer ennå")
    total = sum(year.reached["ideas"] for year in with_ideas)
    effect = sum(year.reached["effect"] for year in with_ideas)
    if not effect:
        return _("Ingen av de {total} ideene har målt effekt ennå").format(total=total)
    return _("{effect} av {total} ideer har målt effekt").format(effect=effect, total=total)


def _waits_heading(with_ideas: Sequence[YearNumbers]) -> str:
    known = [year for year in with_ideas if year.median_days is not None]
    if not known:
        return _("For få ideer er besvart til at ventetiden kan vises")
    last = known[-1]
    if len(known) == 1:
        return _("Halvparten fikk svar innen {days} dager i {year}").format(
            days=last.median_days, year=last.year
        )
    before = known[-2]
    return _("Halvparten fikk svar innen {days} dager i {year}, mot {earlier} i {before}").format(
        days=last.median_days, year=last.year, earlier=before.median_days, before=before.year
    )


def _record_heading(record: track_record.TrackRecord) -> str:
    if not record.is_enough:
        return _("For få prosjekter er målt til å sammenlikne løfte og resultat")
    return _("De målte prosjektene har levert {share} av det de lovet").format(
        share=share(record.delivered)
    )
