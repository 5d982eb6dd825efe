import datetime as dt

import pytest
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event
from municipality import actions, calendar
from municipality.calendar import PhaseKind, Span
from municipality.models import AnnualCycle, Phase
from tests.factories.municipality import CycleFactory, PhaseFactory

DAY = dt.timedelta(days=1)
DEADLINE = dt.date(2026, 10, 25)


@pytest.fixture
def ideation(db) -> Phase:
    return PhaseFactory(
        cycle=CycleFactory(year=2026),
        kind=PhaseKind.IDEATION,
        opens_on=dt.date(2026, 4, 7),
        closes_on=dt.date(2026, 5, 31),
    )


@pytest.mark.parametrize("on", [dt.date(2026, 4, 7), dt.date(2026, 5, 1), dt.date(2026, 5, 31)])
def test_require_open_lets_through_from_the_first_to_the_last_day(ideation, on):
    actions.require_open(ideation.cycle, PhaseKind.IDEATION, on=on)


def test_require_open_refuses_before_and_says_when_it_opens(ideation):
    with pytest.raises(ActionRefused) as refused:
        actions.require_open(ideation.cycle, PhaseKind.IDEATION, on=ideation.opens_on - DAY)

    assert refused.value.reason == ("Idémyldring er ikke åpnet ennå. Den åpner 7. april 2026.")


def test_require_open_refuses_after_and_says_when_it_closed(ideation):
    with pytest.raises(ActionRefused) as refused:
        actions.require_open(ideation.cycle, PhaseKind.IDEATION, on=ideation.closes_on + DAY)

    assert refused.value.reason == "Idémyldring er stengt for 2026. Siste dag var 31. mai 2026."


def test_require_open_refuses_without_a_year():
    with pytest.raises(ActionRefused, match="Ingen har startet årshjulet ennå"):
        actions.require_open(None, PhaseKind.IDEATION, on=dt.date(2026, 5, 1))


def test_start_cycle_becomes_the_current_year_with_its_dates(team_member):
    before = CycleFactory(year=2025, closed_at=timezone.now())

    cycle = actions.start_cycle(2026, by=team_member)

    before.refresh_from_db()
    assert not before.is_current
    assert AnnualCycle.objects.current() == cycle
    assert cycle.budget_deadline == DEADLINE
    assert {
        PhaseKind(phase.kind): Span(phase.opens_on, phase.closes_on)
        for phase in cycle.ordered_phases()
    } == calendar.default_phases(DEADLINE)
    assert Event.objects.about(cycle).get().by == team_member


def test_start_cycle_is_refused_when_the_year_exists(team_member):
    cycle = CycleFactory(year=2026)

    with pytest.raises(ActionRefused, match="Årshjulet 2026 finnes allerede"):
        actions.start_cycle(2026, by=team_member)

    cycle.refresh_from_db()
    assert cycle.is_current
    assert not Event.objects.exists()


def test_set_dates_moves_the_phases_and_remembers_what_they_were(cycle, team_member):
    opened = cycle.phase(PhaseKind.IDEATION).opens_on
    spans = calendar.default_phases(DEADLINE)

    actions.set_dates(cycle, budget_deadline=DEADLINE, spans=spans, by=team_member)

    stored = AnnualCycle.objects.current()
    assert stored.budget_deadline == DEADLINE
    assert (stored.version, stored.edited_by) == (1, team_member)
    assert stored.phase(PhaseKind.IDEATION).opens_on == spans[PhaseKind.IDEATION].opens_on
    event = Event.objects.about(cycle).get()
    assert event.data["phases"]["ideation"][0] == str(opened)


def test_earlier_cycles_get_dates_and_never_become_current(cycle, team_member):
    there = CycleFactory(year=2020, is_current=False)

    added = actions.add_earlier_cycles([2021, 2020, 2019], by=team_member)

    assert [each.year for each in added] == [2019, 2020, 2021]
    assert there in added
    assert [len(each.ordered_phases()) for each in added] == [5, 0, 5]
    assert AnnualCycle.objects.current() == cycle
    new = Event.objects.filter(verb=actions.EARLIER_ADDED)
    assert {event.object_id for event in new} == {str(each.pk) for each in added if each != there}


def test_an_earlier_cycle_that_was_added_can_be_taken_back(team_member):
    (added,) = actions.add_earlier_cycles([2021], by=team_member)

    actions.remove_earlier_cycle(added, by=team_member)

    assert not AnnualCycle.objects.exists()
    assert Event.objects.get(verb="earlier cycle removed").data == {"year": 2021}


def test_a_cycle_that_was_started_here_is_not_taken_back(cycle, team_member):
    actions.remove_earlier_cycle(cycle, by=team_member)

    assert AnnualCycle.objects.get() == cycle
