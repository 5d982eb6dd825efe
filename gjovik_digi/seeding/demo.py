"""The whole demo municipality, in the order of the year."""

import datetime as dt

from django.db import transaction

from core.search import count_words
from gjovik_digi.seeding import (
    annual_reports,
    answering,
    assessments,
    benchmarks,
    benefits,
    capacity,
    closing,
    consensus,
    council,
    decisions,
    drawings,
    emptying,
    gates,
    groups,
    measures,
    memos,
    organising,
    outbox,
    outcomes,
    plans,
    portfolio,
    products,
    reference,
    robustness,
    scenarios,
    screening,
    statuses,
    submissions,
    systems,
    voices,
    workshops,
    years,
)
from gjovik_digi.seeding.scene import Scene
from ideas.models import Idea
from maturity.actions import report_when_complete
from municipality.models import Municipality, User
from projects.models import Project


class NotADemo(Exception):
    """Somebody else's data stand in the database."""


@transaction.atomic
def seed_once(today: dt.date, *, fresh: bool = False, force: bool = False) -> bool:
    """Seed, unless it has been done: what people have done since is kept. True if it was needed.

    `fresh` empties a demo first. Refused where there are people and no demo, unless forced.
    """
    is_demo = Municipality.objects.filter(is_demo=True).exists()
    if is_demo and not fresh:
        return False
    if not is_demo and User.objects.exists() and not force:
        raise NotADemo
    if is_demo:
        emptying.empty()
    seed(today)
    return True


def seed(today: dt.date) -> None:
    """Fill an empty database."""
    reference.load()
    Municipality.objects.update_or_create(pk=1, defaults={"is_demo": True})
    scene = Scene.begin(today)
    assessments.make(scene)
    groups.make(scene)
    benchmarks.make(scene)
    sent = submissions.make(scene)
    measures.link(scene)
    projects = {}
    for offset in years.OFFSETS:
        scored = screening.make(scene, offset, sent)
        answering.make(scene, scored)
        scenarios.spread_needs(scene, scored)
        if offset == 0:
            scenarios.make(scene, scored)
        consensus.make(scene, scored)
        robustness.make(scene, scored)
        if offset < 0:
            decided = decisions.make(scene, scored, memos.make(scene, scored))
            projects.update(portfolio.make(scene, decided))
    portfolio.ask_for_changes(scene, projects)
    organising.make(projects)
    plans.make(scene, projects)
    statuses.make(scene, projects)
    products.make(scene, projects)
    systems.make(scene, projects)
    council.make(scene, projects)
    gates.make(scene, projects)
    capacity.make(scene, projects)
    benefits.make(scene, projects)
    outcomes.make(scene, sent)
    voices.make(scene, sent)
    workshops.make(scene)
    outbox.make(scene)
    closing.make(scene, sent)
    annual_reports.make(scene)
    scene.write_history()
    drawings.make(scene)
    report_when_complete(scene.cycles[-1])  # a worker makes it
    for model in (Idea, Project):
        count_words(model)
