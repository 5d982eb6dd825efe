"""Idémyldring: the ideas of the three years, as far as the team has come with them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils import timezone

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from ideas import codes, titles
from ideas.models import Idea, IdeaContact, IdeaStatus, StatusChange, Submitter
from municipality.calendar import PhaseKind
from municipality.models import Municipality, User

TEAM = ("marte.sveen@demo.gjovik.example", "guro.aasen@demo.gjovik.example")
NAMESPACE = uuid.UUID("6f0c7c1e-93c1-4a5e-8b38-6a3c3f1f5b11")
LEAVES_ADDRESS = 3  # every third citizen


@dataclass
class Submission:
    """An idea with the row it was made from."""

    idea: Idea
    row: dict
    offset: int
    received_at: dt.datetime
    forwarded_at: dt.datetime | None = None

    @property
    def key(self) -> str:
        return self.row["key"]


def make(scene: Scene) -> list[Submission]:
    """All ideas, oldest first, with goals, history and some addresses."""
    municipality = Municipality.load()
    submissions = sorted(
        [*_earlier(scene), *_of_this_year(scene)], key=lambda submission: submission.received_at
    )
    for submission in submissions:
        _fill_in(submission, scene, municipality)
    Idea.objects.bulk_create(submission.idea for submission in submissions)
    for submission in submissions:
        backdate([submission.idea], submission.received_at)
    _link_goals(submissions, scene)
    _tell_history(submissions, scene)
    _keep_addresses(submissions, scene)
    return submissions


def _earlier(scene: Scene) -> list[Submission]:
    """Spread over the weeks that idémyldring was open, and all passed on."""
    return [
        _passed_on(Submission(Idea(), row, year["offset"], _received_at(scene, year, row)))
        for year in texts.read("history")["years"]
        for row in year["ideas"]
    ]


def _received_at(scene: Scene, year: dict, row: dict) -> dt.datetime:
    phase = scene.cycles[year["offset"]].phase(PhaseKind.IDEATION)
    days_open = (phase.closes_on - phase.opens_on).days - 10
    after = texts.number_from("received", row["key"]) % days_open
    return moment(phase.opens_on + dt.timedelta(days=after), row["key"])


def _of_this_year(scene: Scene) -> list[Submission]:
    submissions = [
        Submission(Idea(), row, 0, moment(scene.day(-row["days_ago"]), row["key"]))
        for row in texts.read("ideas")
    ]
    for submission in submissions:
        if submission.row["stage"] == "forwarded":
            _passed_on(submission)
    return submissions


def _passed_on(submission: Submission) -> Submission:
    """Within two weeks as a rule; now and then the promise of three is broken."""
    chance = texts.number_from("forwarded", submission.key)
    days = 23 if chance % 13 == 0 else 3 + chance % 12
    submission.forwarded_at = submission.received_at + dt.timedelta(days=days, hours=1)
    return submission


def _fill_in(submission: Submission, scene: Scene, municipality: Municipality) -> None:
    idea, row = submission.idea, submission.row
    received_on = timezone.localdate(submission.received_at)
    idea.cycle = scene.cycles[submission.offset]
    idea.code = codes.next_code(idea.cycle.year, prefix=municipality.code_prefix)
    idea.submission_key = uuid.uuid5(NAMESPACE, f"{submission.offset}/{submission.key}")
    idea.problem = row["problem"].strip()
    idea.who_has_it = row["who_has_it"]
    idea.solution = row.get("solution", "").strip()
    idea.submitter = row["submitter"]
    idea.submitted_by = scene.person(row.get("submitted_by"))
    idea.sector = scene.sectors.get(row["sector"])
    idea.answer_due_on = received_on + dt.timedelta(days=municipality.answer_days)
    idea.title = titles.from_problem(idea.problem)
    if row.get("stage") == "new":
        return
    idea.title = row["title"]
    idea.summary = row["summary"].strip()
    idea.is_statutory = row.get("statutory", False)
    idea.estimated_cost = row["estimated_cost"]
    idea.published_at = submission.forwarded_at or submission.received_at + dt.timedelta(days=4)
    idea.mark_edited(_handler(submission, scene))
    idea.edited_at = idea.published_at
    if submission.forwarded_at:
        idea.status = IdeaStatus.FORWARDED
        idea.owner = _owner(row, scene)


def _owner(row: dict, scene: Scene) -> User | None:
    """Who has said that they will own it, when the scorers were told that somebody has."""
    if "project" in row:
        return scene.people[row["project"]["owner"]]
    if row["answers"]["eier"] in (None, "low") or row["sector"] is None:
        return None
    return scene.sectors[row["sector"]].leader


def _handler(submission: Submission, scene: Scene) -> User:
    return scene.people[TEAM[texts.number_from("handled", submission.key) % len(TEAM)]]


def _link_goals(submissions: list[Submission], scene: Scene) -> None:
    Idea.goals.through.objects.bulk_create(
        Idea.goals.through(idea=submission.idea, strategygoal=scene.goals[code])
        for submission in submissions
        if submission.row.get("stage") != "new"
        for code in submission.row["goals"]
    )


def _tell_history(submissions: list[Submission], scene: Scene) -> None:
    replies = texts.read("replies")["forwarded"]
    changes = []
    for submission in submissions:
        idea, sender = submission.idea, submission.idea.submitted_by
        received_at, forwarded_at = submission.received_at, submission.forwarded_at
        changes.append(_change(idea, IdeaStatus.RECEIVED, by=sender, at=received_at))
        scene.tell("idea received", idea, by=sender, at=received_at)
        if idea.published_at:
            by, at = idea.edited_by, idea.published_at
            scene.tell("idea handled", idea, by=by, at=at, published=True)
        if forwarded_at:
            reply = replies[texts.number_from("reply", submission.key) % len(replies)]
            by, status = idea.edited_by, IdeaStatus.FORWARDED
            changes.append(_change(idea, status, by=by, at=forwarded_at, reason=reply))
            scene.tell("idea status", idea, by=by, at=forwarded_at, status=str(status))
    StatusChange.objects.bulk_create(changes)


def _change(
    idea: Idea, status: IdeaStatus, *, by: User | None, at: dt.datetime, reason: str = ""
) -> StatusChange:
    return StatusChange(idea=idea, status=status, reason=reason.strip(), by=by, at=at)


def _keep_addresses(submissions: list[Submission], scene: Scene) -> None:
    """A third of the citizens left an address. What is too old has been deleted since."""
    kept = dt.timedelta(days=IdeaContact.KEPT_DAYS)
    citizens = [one for one in submissions if one.idea.submitter == Submitter.CITIZEN]
    IdeaContact.objects.bulk_create(
        IdeaContact(
            idea=submission.idea,
            email=f"innsender.{number}@post.example",
            delete_on=timezone.localdate(submission.received_at) + kept,
        )
        for number, submission in enumerate(citizens, 1)
        if number % LEAVES_ADDRESS == 0
        and timezone.localdate(submission.received_at) + kept > scene.today
    )
