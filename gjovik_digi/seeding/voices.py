"""Those who support, follow and comment on the ideas of this year."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, backdate, moment
from gjovik_digi.seeding.submissions import TEAM, Submission
from ideas.actions import recount_supporters
from ideas.models import Comment, Idea, Merge, Subscription, Support

MOST_SUPPORTERS = 24
FOLLOWED = ("varsel-broyting", "barnehageko")


def make(scene: Scene, submissions: Iterable[Submission]) -> None:
    this_year = {one.key: one.idea for one in submissions if one.offset == 0}
    public = {key: idea for key, idea in this_year.items() if idea.is_published}
    for key, idea in public.items():
        _support(scene, key, idea)
    for merge in Merge.objects.standing().select_related("target"):
        recount_supporters(merge.target)
    for row in texts.read("comments"):
        _comment(scene, public[row["key"]], row)
    for key in FOLLOWED:
        _follow(scene, public[key])


def _support(scene: Scene, key: str, idea: Idea) -> None:
    """Many have none: most ideas matter to few."""
    count = max(0, texts.number_from(key, "supporters") % (2 * MOST_SUPPORTERS) - MOST_SUPPORTERS)
    at = moment(scene.day(-3), key, "support")
    Support.objects.bulk_create(
        Support(idea=idea, key=f"demo {number}", at=at) for number in range(count)
    )
    Idea.objects.filter(pk=idea.pk).update(supporter_count=count)


def _comment(scene: Scene, idea: Idea, row: dict) -> None:
    at = moment(scene.day(-row["days_ago"]), row["text"])
    comment = Comment(idea=idea, text=row["text"], submitter=row["submitter"])
    if "status" in row:
        comment.status = row["status"]
        comment.handled_by, comment.handled_at = scene.people[TEAM[0]], at
    comment.save()
    backdate([comment], at)


def _follow(scene: Scene, idea: Idea) -> None:
    at = moment(scene.day(-10), idea.code, "follow")
    Subscription.objects.create(
        idea=idea,
        email="naboen@innbygger.example",
        requested_at=at,
        confirmed_at=at,
        delete_on=timezone.localdate(at) + dt.timedelta(days=Subscription.KEPT_DAYS),
    )
