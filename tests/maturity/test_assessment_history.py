"""Looking back: every change in words, and each revision as it was submitted."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.models import record
from maturity import actions
from maturity.actions import assessments, groups, imports
from maturity.assessment_history import _TELLERS, between, difference
from maturity.models import AnswerEdit, Content, Revision
from tests.factories.maturity import (
    AssessmentFactory,
    CharacteristicFactory,
    RevisionFactory,
)
from tests.factories.municipality import CycleFactory, UserFactory

LEVELS = st.none() | st.integers(min_value=1, max_value=5)
TEXTS = st.lists(st.sampled_from(["En", "To", "Tre"]), unique=True)
SAID = st.fixed_dictionaries(
    {
        "level": LEVELS,
        "target": LEVELS,
        "reason": st.sampled_from(["", "Fordi."]),
        "ticks": TEXTS,
        "measures": TEXTS,
    }
)


def _url(assessment, *rest):
    return "/".join(["/modenhet/egenvurdering", assessment.sector.code, *map(str, rest), ""])


def _shown(text):
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def resubmitted(answered, sector_leader, team_member, today):
    """Submitted, opened again, changed in one area and submitted once more."""
    actions.submit(answered, by=sector_leader, on=today)
    actions.reopen(answered, until=None, reason="Feil nivå.", by=team_member, on=today)
    given = answered.answers.get(area__code="teknologi")
    tick = CharacteristicFactory(guidance=given.area.levels.get(level=4), text="Vi deler data.")
    content = Content(4, "Nye systemer.", 5, frozenset([tick.pk]))
    actions.answer(given, content, by=sector_leader, on=today)
    answered.refresh_from_db()
    actions.submit(answered, by=sector_leader, on=today)
    answered.refresh_from_db()
    return answered


# The difference


@given(SAID, SAID)
def test_nothing_differs_only_between_what_is_alike(before, after):
    alike = {
        **before,
        "ticks": sorted(before["ticks"]),
        "measures": sorted(before["measures"]),
    } == {
        **after,
        "ticks": sorted(after["ticks"]),
        "measures": sorted(after["measures"]),
    }

    assert bool(difference("Innovasjon", before, after)) != alike


@given(SAID, SAID)
def test_what_is_added_one_way_is_removed_the_other(before, after):
    forth, back = difference("A", before, after), difference("A", after, before)

    assert (forth.ticked, forth.measures_added) == (back.unticked, back.measures_removed)
    assert bool(forth.level) == bool(back.level)


def test_no_answer_is_told_as_that():
    told = difference("A", {"level": None, "target": 2}, {"level": 3, "target": None})

    assert told.level == "Nivå ikke svart → 3"
    assert told.target == "Mål for neste år 2 → ikke satt"


# Revisions


def test_reopening_keeps_the_first_revision_and_submitting_makes_the_second(resubmitted):
    first, second = resubmitted.revisions.order_by("number")

    levels = [[area["level"] for area in each.snapshot["areas"]] for each in (first, second)]
    assert [first.number, second.number] == [1, 2]
    assert levels == [[3, 3], [3, 4]]


def test_the_database_keeps_a_revision_as_it_was(resubmitted):
    with pytest.raises(IntegrityError, match="as it was submitted"), transaction.atomic():
        Revision.objects.filter(number=1).update(snapshot={"areas": []})


def test_between_two_revisions_only_what_differs_is_told(resubmitted):
    first, second = resubmitted.revisions.order_by("number")

    (told,) = between(first, second)

    assert (told.area, told.level) == ("Teknologi", "Nivå 3 → 4")
    assert told.target == "Mål for neste år ikke satt → 5"
    assert told.reason == ("Vi har en plan.", "Nye systemer.")
    assert told.ticked == ["Vi deler data."]


def test_an_area_that_only_one_revision_has_is_told_too():
    area = {"code": "data", "name": "Data", "level": 2, "reason": "Litt."}
    with_it = Revision(snapshot={"areas": [area]})
    without = Revision(snapshot={"areas": []})

    assert [each.level for each in between(without, with_it)] == ["Nivå ikke svart → 2"]
    assert [each.level for each in between(with_it, without)] == ["Nivå 2 → ikke svart"]


def test_a_revision_shows_what_was_submitted_and_what_differs(client, resubmitted, sector_leader):
    client.force_login(sector_leader)
    year = resubmitted.cycle.year

    second = _shown(client.get(_url(resubmitted, "utgave", year, 2)).text)
    assert "Forskjeller fra forrige utgave" in second
    assert "Nivå 3 → 4" in second
    assert "Vi deler data." in second

    first = _shown(client.get(_url(resubmitted, "utgave", year, 1)).text)
    assert "Det finnes en nyere utgave." in first
    assert "Vi deler data." not in first
    assert "Forskjeller fra forrige utgave" not in first


def test_a_revision_of_an_assessment_that_is_open_again_says_that_it_does_not_count(
    client, resubmitted, team_member, today
):
    actions.reopen(resubmitted, until=None, reason="Igjen.", by=team_member, on=today)
    client.force_login(team_member)

    text = client.get(_url(resubmitted, "utgave", resubmitted.cycle.year, 2)).text

    assert "teller ikke med før sektoren har levert på nytt" in text


def test_a_revision_that_is_not_there_is_404(client, resubmitted, team_member):
    client.force_login(team_member)
    year = resubmitted.cycle.year

    assert client.get(_url(resubmitted, "utgave", year, 3)).status_code == 404
    assert client.get(_url(resubmitted, "utgave", year - 1, 1)).status_code == 404
    assert client.get("/modenhet/egenvurdering/finnes-ikke/historie/").status_code == 404


# The history


def test_the_history_tells_who_when_from_to_and_why(client, resubmitted, team_member):
    client.force_login(team_member)

    text = _shown(client.get(_url(resubmitted, "historie")).text)

    for words in (
        "Utgave 2 ble levert",
        "Nivå 3 → 4",
        "Mål for neste år ikke satt → 5",
        "Krysset av:",
        "Vi deler data.",
        "Vi har en plan.",
        "Nye systemer.",
        "Ingrid Haugen",
        "Egenvurderingen ble åpnet igjen",
        "Feil nivå.",
        "Marte Sveen",
        "Utgave 1 ble levert",
    ):
        assert words in text
    assert text.index("Utgave 2 ble levert") < text.index("Nivå 3 → 4")
    assert text.index("Nivå 3 → 4") < text.index("Feil nivå.") < text.index("Utgave 1 ble levert")


def test_measures_invitations_and_files_are_told(client, assessment, sector_leader):
    record("measure added", assessment, by=sector_leader, area="teknologi", after="Kjøpe nytt.")
    record("measure removed", assessment, by=sector_leader, area="teknologi", before="Vente.")
    record("measure changed", assessment, by=None, area="borte", before="Prøve.", after="Teste.")
    record("leadership group invited", assessment, by=sector_leader, count=3)
    record("leadership group reminded", assessment, by=sector_leader, count=1)
    record("assessment extended", assessment, by=None, until="2026-12-01", reason="Syke.")
    AnswerEdit.objects.create(
        answer=assessment.answers.first(),
        by=sector_leader,
        source="skjema.xlsx",
        began_at=timezone.now(),
        ended_at=timezone.now(),
        before={"level": None, "reason": "", "target": None, "ticks": []},
        after={"level": 2, "reason": "", "target": None, "ticks": []},
    )
    client.force_login(sector_leader)

    text = _shown(client.get(_url(assessment, "historie")).text)

    for words in (
        "Nye tiltak:",
        "Kjøpe nytt.",
        "Tiltak som er tatt bort:",
        "3 personer ble invitert til å svare",
        "Én person i ledergruppa ble minnet",
        "Sektoren fikk frist til 1. desember 2026",
        "Syke.",
        "Av seg selv",
        "Lest inn fra skjema.xlsx.",
        "Nivå ikke svart → 2",
    ):
        assert words in text


def test_every_verb_about_an_assessment_is_told():
    verbs = {assessments.EXTENDED, assessments.REOPENED, groups.INVITED, imports.FILLED_IN}

    assert verbs <= set(_TELLERS)


def test_earlier_years_have_their_own_history(client, resubmitted, team_member):
    last_year = CycleFactory(year=resubmitted.cycle.year - 1, is_current=False, open=True)
    earlier = AssessmentFactory(
        cycle=last_year, sector=resubmitted.sector, instrument=resubmitted.instrument
    )
    RevisionFactory(assessment=earlier, submitted_by=UserFactory(name="Ola Vik"))
    client.force_login(team_member)
    url = _url(resubmitted, "historie")

    assert f'href="?ar={last_year.year}"' in client.get(url).text
    text = client.get(url, {"ar": last_year.year}).text
    assert "Ola Vik" in text
    assert "Feil nivå." not in text
    assert client.get(url, {"ar": "1999"}).status_code == 404


def test_a_sector_that_has_not_begun_has_no_history(client, measurement_round, sector_leader):
    client.force_login(sector_leader)

    text = client.get(f"/modenhet/egenvurdering/{sector_leader.sector.code}/historie/").text

    assert "Ingenting er endret ennå" in text


def test_the_history_is_for_the_sectors_own_people_and_the_team(
    client, resubmitted, manager, person
):
    for user in (manager, person("sektorleder")):
        client.force_login(user)
        assert client.get(_url(resubmitted, "historie")).status_code == 403
        url = _url(resubmitted, "utgave", resubmitted.cycle.year, 1)
        assert client.get(url).status_code == 403


def test_a_long_history_has_pages_and_asks_as_often_for_many(
    client, resubmitted, team_member, django_assert_num_queries
):
    client.force_login(team_member)
    url = _url(resubmitted, "historie")
    with django_assert_num_queries(21):
        client.get(url)

    given, now = resubmitted.answers.first(), timezone.now()
    for number in range(40):
        at = now - dt.timedelta(hours=number + 1)
        AnswerEdit.objects.create(
            answer=given,
            by=UserFactory(),
            began_at=at,
            ended_at=at,
            before={"level": 1, "reason": "", "target": None, "ticks": []},
            after={"level": 2, "reason": f"Grunn nummer {number}.", "target": None, "ticks": []},
        )

    with django_assert_num_queries(21):
        first = client.get(url).text
    assert "Side 1 av 2" in _shown(first)
    assert "Grunn nummer 0." in first
    assert "Grunn nummer 39." not in first
    assert "Grunn nummer 39." in client.get(url, {"page": "2"}).text
