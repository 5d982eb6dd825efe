import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ActionRefused
from core.models import Event, OutgoingMail
from ideas import actions
from ideas.models import Idea, IdeaContact, IdeaStatus, Merge, Origin, Split, Support
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, UserFactory
from tests.factories.prioritization import EntryFactory

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
PARTS = [
    actions.Part("Svar på søknad", "Vi hører ingenting."),
    actions.Part("Kø på telefonen", "Vi venter lenge."),
]


def _with_sender(email: str, **fields) -> Idea:
    idea = IdeaFactory(**fields)
    IdeaContact.objects.create(idea=idea, email=email, delete_on=dt.date(2030, 1, 1))
    return idea


def _support(idea: Idea, *keys: str) -> None:
    with transaction.atomic():
        for key in keys:
            Support.objects.create(idea=idea, key=key, at=NOW)
        actions.recount_supporters(idea)


def _merge(source: Idea, target: Idea, by) -> Merge:
    return actions.merge(source, target, reason="De handler om det samme.", by=by, at=NOW)


def _split(source: Idea, by, key: uuid.UUID | None = None) -> Split:
    return actions.split(
        source,
        PARTS,
        reason="To ting på en gang.",
        submission_key=key or uuid.uuid4(),
        by=by,
        at=NOW,
    )


def test_merge_keeps_the_source_and_counts_each_supporter_once(cycle, team_member):
    source, target = IdeaFactory(), IdeaFactory()
    _support(source, "a", "b")
    _support(target, "b", "c")

    _merge(source, target, team_member)

    source.refresh_from_db()
    target.refresh_from_db()
    assert source.status == IdeaStatus.MERGED
    assert source.changes.get().reason == "De handler om det samme."
    assert (source.supporter_count, target.supporter_count) == (2, 3)
    assert Support.objects.filter(idea=source).count() == 2


def test_merge_tells_both_senders(cycle, team_member):
    source = _with_sender("kari@post.example", title="Svar på SMS")
    target = _with_sender("ola@post.example", title="SMS når det skjer noe")

    _merge(source, target, team_member)

    mails = {mail.to: mail.written_out for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"kari@post.example", "ola@post.example"}
    assert target.code in mails["kari@post.example"]
    assert str(source.token) in mails["kari@post.example"]
    assert "Din idé «SMS når det skjer noe» står som før" in mails["ola@post.example"]


def test_merge_tells_somebody_who_sent_both_once(cycle, team_member):
    source, target = _with_sender("kari@post.example"), _with_sender("kari@post.example")

    _merge(source, target, team_member)

    assert OutgoingMail.objects.get().to == "kari@post.example"


def test_what_happens_to_the_target_is_told_to_the_sender_of_the_source(cycle, team_member):
    source, target = _with_sender("kari@post.example"), IdeaFactory()
    _merge(source, target, team_member)
    OutgoingMail.objects.all().delete()

    actions.decline(target, reason="Det finnes allerede.", by=team_member, at=NOW)

    mail = OutgoingMail.objects.get()
    assert (mail.to, str(source.token) in mail.link) == ("kari@post.example", True)


def test_merge_of_an_idea_that_is_scored_is_refused_plainly(cycle, team_member):
    source, target = IdeaFactory(status=IdeaStatus.FORWARDED), IdeaFactory()
    EntryFactory(idea=source, round__cycle=cycle)

    with pytest.raises(ActionRefused, match="er til vurdering og kan ha fått poeng"):
        _merge(source, target, team_member)

    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    "status",
    [IdeaStatus.MERGED, IdeaStatus.SPLIT, IdeaStatus.WITHDRAWN, IdeaStatus.DECLINED],
)
def test_merge_with_what_is_over_is_refused(cycle, team_member, status):
    with pytest.raises(ActionRefused, match="fortsatt skal skje"):
        _merge(IdeaFactory(), IdeaFactory(status=status), team_member)


def test_merge_with_itself_or_in_a_circle_is_refused(cycle, team_member):
    first, second = IdeaFactory(), IdeaFactory()
    _merge(first, second, team_member)

    with pytest.raises(ActionRefused, match="seg selv"):
        _merge(second, second, team_member)
    with pytest.raises(ActionRefused, match="fortsatt skal skje"):
        _merge(second, first, team_member)


def test_merge_of_a_target_that_has_taken_one_in_counts_all_three(cycle, team_member):
    first, second, third = IdeaFactory(), IdeaFactory(), IdeaFactory()
    _support(first, "a")
    _support(second, "a", "b")
    _support(third, "c")

    _merge(first, second, team_member)
    _merge(second, third, team_member)

    third.refresh_from_db()
    assert third.supporter_count == 3


def test_support_of_a_merged_idea_counts_for_its_target(cycle, team_member):
    source, target = IdeaFactory(), IdeaFactory()
    _merge(source, target, team_member)

    _support(source, "a")

    target.refresh_from_db()
    assert target.supporter_count == 1


def test_undo_merge_puts_back_status_supporters_and_tells_both(cycle, team_member):
    source = _with_sender("kari@post.example", status=IdeaStatus.RETURNED)
    target = _with_sender("ola@post.example")
    _support(source, "a")
    _support(target, "b")
    merged = _merge(source, target, team_member)
    OutgoingMail.objects.all().delete()

    actions.undo_merge(merged, reason="De var ulike.", by=team_member, at=NOW)

    source.refresh_from_db()
    target.refresh_from_db()
    merged.refresh_from_db()
    assert source.status == IdeaStatus.RETURNED
    assert (source.supporter_count, target.supporter_count) == (1, 1)
    assert (merged.undone_by, merged.undone_reason) == (team_member, "De var ulike.")
    assert {mail.to for mail in OutgoingMail.objects.all()} == {
        "kari@post.example",
        "ola@post.example",
    }
    assert [change.status for change in source.changes.all()] == ["merged", "returned"]
    verbs = list(Event.objects.about(source).values_list("verb", flat=True))
    assert (verbs.count("ideas merged"), verbs.count("merge undone")) == (1, 1)


def test_undo_merge_twice_is_refused(cycle, team_member):
    merged = _merge(IdeaFactory(), IdeaFactory(), team_member)
    actions.undo_merge(merged, reason="De var ulike.", by=team_member, at=NOW)

    with pytest.raises(ActionRefused, match="allerede angret"):
        actions.undo_merge(merged, reason="En gang til.", by=team_member, at=NOW)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    supports=st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abcdef")), max_size=12),
    moves=st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=12),
)
def test_whatever_is_merged_and_undone_every_count_is_its_distinct_keys(db, supports, moves):
    """The law: an idea's count is the number of different keys over all that is merged into it."""
    CycleFactory()
    by = UserFactory()
    ideas = [IdeaFactory() for _ in range(5)]
    keys: dict[int, set[str]] = {number: set() for number in range(5)}
    parent: dict[int, int] = {}
    for number, key in supports:
        if key not in keys[number]:
            keys[number].add(key)
            _support(ideas[number], key)

    for undo, one, other in moves:
        if undo and one in parent:
            standing = Merge.objects.standing().get(source=ideas[one])
            actions.undo_merge(standing, reason="Angret.", by=by, at=NOW)
            del parent[one]
        elif not undo and one != other and one not in parent and other not in parent:
            _merge(ideas[one], ideas[other], by)
            parent[one] = other

    def all_keys(number: int) -> set[str]:
        joined = [all_keys(child) for child, target in parent.items() if target == number]
        return keys[number].union(*joined)

    stored = [Idea.objects.get(pk=idea.pk).supporter_count for idea in ideas]
    assert stored == [len(all_keys(number)) for number in range(5)]


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_ideas_opposite_ways_at_once():
    CycleFactory(open=True)
    first, second = IdeaFactory(), IdeaFactory()
    by = UserFactory()

    def join(pair):
        try:
            return _merge(*pair, by)
        except ActionRefused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(join, [(first, second), (second, first)]))

    assert sum(each is not None for each in made) == 1
    assert Idea.objects.filter(status=IdeaStatus.MERGED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_supporters_who_come_while_ideas_are_merged_are_all_counted():
    CycleFactory(open=True)
    source, target = IdeaFactory(), IdeaFactory()
    by = UserFactory()

    def act(number):
        try:
            if number == 5:
                _merge(source, target, by)
            else:
                _support(source if number % 2 else target, f"key {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(11)))

    target.refresh_from_db()
    assert target.supporter_count == 10


def test_split_makes_parts_in_the_inbox_that_point_back(cycle, team_member):
    source = _with_sender("kari@post.example")

    _split(source, team_member)

    source.refresh_from_db()
    parts = list(source.parts.order_by("pk"))
    assert source.status == IdeaStatus.SPLIT
    assert [(part.title, part.origin, part.status) for part in parts] == [
        ("Svar på søknad", Origin.SPLIT, IdeaStatus.RECEIVED),
        ("Kø på telefonen", Origin.SPLIT, IdeaStatus.RECEIVED),
    ]
    assert len({part.code for part in parts}) == 2
    assert not IdeaContact.objects.filter(idea__in=parts).exists()
    assert "– Kø på telefonen" in OutgoingMail.objects.get().body


def test_what_happens_to_a_part_is_told_to_the_sender_of_the_whole(cycle, team_member):
    source = _with_sender("kari@post.example")
    _split(source, team_member)
    OutgoingMail.objects.all().delete()

    part = source.parts.first()
    actions.decline(part, reason="Det finnes allerede.", by=team_member, at=NOW)

    mail = OutgoingMail.objects.get()
    assert (mail.to, str(part.token) in mail.link) == ("kari@post.example", True)


def test_split_sent_twice_is_one(cycle, team_member):
    source, key = IdeaFactory(), uuid.uuid4()

    first, second = _split(source, team_member, key), _split(source, team_member, key)

    assert first == second
    assert source.parts.count() == 2


def test_split_into_one_is_refused_and_leaves_nothing(cycle, team_member):
    source = IdeaFactory()

    with pytest.raises(ActionRefused, match="minst to"):
        actions.split(
            source,
            PARTS[:1],
            reason="To ting.",
            submission_key=uuid.uuid4(),
            by=team_member,
            at=NOW,
        )

    source.refresh_from_db()
    assert (source.status, source.parts.count()) == (IdeaStatus.RECEIVED, 0)


def test_undo_split_withdraws_the_parts_and_puts_the_whole_back(cycle, team_member):
    source = IdeaFactory()
    parted = _split(source, team_member)

    actions.undo_split(parted, reason="De henger sammen.", by=team_member, at=NOW)

    source.refresh_from_db()
    assert source.status == IdeaStatus.RECEIVED
    assert {part.status for part in source.parts.all()} == {IdeaStatus.WITHDRAWN}

    _split(source, team_member)
    assert source.parts.filter(status=IdeaStatus.RECEIVED).count() == 2


def test_undo_split_is_refused_when_a_part_is_handled(cycle, team_member):
    source = IdeaFactory()
    parted = _split(source, team_member)
    part = source.parts.first()
    actions.decline(part, reason="Det finnes allerede.", by=team_member, at=timezone.now())

    with pytest.raises(ActionRefused, match=part.code):
        actions.undo_split(parted, reason="De henger sammen.", by=team_member, at=NOW)

    source.refresh_from_db()
    assert source.status == IdeaStatus.SPLIT
