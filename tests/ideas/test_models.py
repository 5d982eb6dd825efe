import datetime as dt
import itertools

import pytest
from django.db import IntegrityError

from core.errors import ActionRefused
from ideas.models import Idea, IdeaStatus, StatusChange
from tests.factories.ideas import IdeaFactory


@pytest.mark.parametrize(("old", "new"), list(itertools.product(IdeaStatus, IdeaStatus)))
def test_move_to_follows_the_table(cycle, old, new):
    idea = IdeaFactory(
        cycle=cycle,
        status=old,
        postponed_until=dt.date(2030, 3, 1),
        parked_to=dt.date(2030, 1, 1),
        line_unit="Drift",
    )

    if new in Idea.TRANSITIONS[old]:
        idea.move_to(new)
        assert Idea.objects.get().status == new
    else:
        with pytest.raises(ActionRefused):
            idea.move_to(new)
        assert Idea.objects.get().status == old


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": "ukjent"}, "ideas_idea_status_is_known"),
        ({"submitter": "ukjent"}, "ideas_idea_submitter_is_known"),
        ({"estimated_cost": -1}, "ideas_idea_cost_is_not_negative"),
        ({"status": IdeaStatus.POSTPONED}, "ideas_idea_postponed_has_a_date"),
        ({"status": IdeaStatus.PARKED}, "ideas_idea_parked_has_a_date"),
        ({"status": IdeaStatus.LINE}, "ideas_idea_line_has_a_unit"),
    ],
)
def test_the_database_refuses(cycle, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        IdeaFactory(cycle=cycle, **fields)


def test_a_change_without_reason_is_refused(cycle, today):
    idea = IdeaFactory(cycle=cycle)

    with pytest.raises(IntegrityError, match="ideas_statuschange_has_a_reason"):
        StatusChange.objects.create(idea=idea, status=IdeaStatus.REJECTED, at="2026-01-01T10:00Z")


def test_in_inbox_has_the_longest_waiting_first(cycle):
    first, second = IdeaFactory(cycle=cycle), IdeaFactory(cycle=cycle)
    IdeaFactory(cycle=cycle, status=IdeaStatus.FORWARDED)
    returned = IdeaFactory(cycle=cycle, status=IdeaStatus.RETURNED)

    assert list(Idea.objects.in_inbox()) == [first, second]
    assert list(Idea.objects.returned()) == [returned]


@pytest.mark.parametrize("text", ["barnehage", "BARNEHAGE svar", "t26-900"])
def test_search_finds_every_word_and_the_code(cycle, text):
    idea = IdeaFactory(cycle=cycle, code="T26-900", title="Svar om barnehageplass")
    IdeaFactory(cycle=cycle, title="Svar om byggesak")

    assert list(Idea.objects.search(text)) == list(Idea.objects.best_first(text)) == [idea]


def test_best_first_has_what_is_about_it_before_what_mentions_it(cycle):
    mentions = IdeaFactory(cycle=cycle, title="Kø", problem="Vi venter, også i barnehagen.")
    about = IdeaFactory(cycle=cycle, title="Barnehage", summary="Barnehage på nett.")
    newest = IdeaFactory(cycle=cycle, title="Kart", solution="Som for barnehage.")

    assert list(Idea.objects.best_first("barnehager")) == [about, mentions, newest]
