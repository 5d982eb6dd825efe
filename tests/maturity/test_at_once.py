"""Two who write in one self-assessment at the same moment, each on a connection of their own."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from core import roles
from maturity import links
from maturity.models import Answer, Assessment, IndividualAnswer
from tests.factories.maturity import RespondentFactory

pytestmark = pytest.mark.django_db(transaction=True)

WAITS_WITHIN = 10  # seconds
WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def _while_the_assessment_is_taken(
    assessment: Assessment, call: Callable[[], object], look: Callable[[], object]
) -> None:
    """Take the assessment, let `call` come to wait for it, and `look` at the rest."""
    answered: list[object] = []

    def run() -> None:
        try:
            answered.append(call())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        Assessment.objects.hold(assessment.pk)
        thread.start()
        _wait_for_a_waiter()
        look()
    thread.join(WAITS_WITHIN)
    assert [response.status_code for response in answered] == [302]


def _wait_for_a_waiter() -> None:
    deadline = time.monotonic() + WAITS_WITHIN
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("Nobody waits for the assessment")


def test_who_is_undone_to_free_another_is_done_again(assessment, sector_leader, client):
    """Whoever takes an answer first and the assessment after, in the database itself."""
    client.force_login(sector_leader)
    answer = assessment.answers.get(area__code="innovasjon")
    url = f"/modenhet/egenvurdering/{assessment.sector.code}/innovasjon/"
    answered: list[int] = []

    def save() -> None:
        try:
            sent = {"version": 0, "level": 3, "reason": "Vi har en plan."}
            answered.append(client.post(url, sent).status_code)
        finally:
            connection.close()

    thread = threading.Thread(target=save)
    with transaction.atomic():
        _is_free(Answer.objects.filter(pk=answer.pk))
        thread.start()
        _wait_for_a_waiter()
        Assessment.objects.hold(assessment.pk)
    thread.join(WAITS_WITHIN)

    answer.refresh_from_db()
    assert answered == [302]
    assert answer.level == 3


def _is_free(rows) -> None:
    assert list(rows.select_for_update(nowait=True))


@pytest.mark.parametrize("page", ["innovasjon/", "konsensus/innovasjon/"])
def test_who_saves_an_answer_waits_for_the_assessment_before_they_take_it(
    page, assessment, sector_leader, client
):
    """Else a measure that is added meanwhile waits for the answer, and each for the other."""
    client.force_login(sector_leader)
    url = f"/modenhet/egenvurdering/{assessment.sector.code}/{page}"
    answer = Answer.objects.filter(assessment=assessment, area__code="innovasjon")

    _while_the_assessment_is_taken(
        assessment,
        lambda: client.post(url, {"version": 0, "level": 3, "reason": "Vi har en plan."}),
        lambda: _is_free(answer),
    )

    assert answer.get().level == 3


def test_who_answers_alone_waits_for_the_assessment_before_they_take_the_member(
    assessment, person, client
):
    member = RespondentFactory(assessment=assessment, user=person(roles.EMPLOYEE))
    answers = IndividualAnswer.objects.filter(respondent=member)

    _while_the_assessment_is_taken(
        assessment,
        lambda: client.post(f"/modenhet/svar/{links.signed(member)}/innovasjon/", {"version": 0}),
        lambda: _is_free(type(member).objects.filter(pk=member.pk)),
    )

    assert answers.count() == 2
