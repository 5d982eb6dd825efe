"""Mail that waits to be read, mail that has gone, and the nights when personal data went."""

import datetime as dt

from django.utils import timezone

from core.mail_kinds import LINK_MARK
from core.mail_templates import Letter
from core.models import ForgettingRun, OutgoingMail
from gjovik_digi.seeding.scene import Scene, moment
from ideas import notifications
from ideas.models import OUTCOMES, Idea

HELD, SENT, NIGHTS = 3, 4, 5
FORGOTTEN: tuple[dict[str, int], ...] = (
    {"idea-contact": 2, "mail": 14},
    {"mail": 9},
    {},
    {"upload": 1, "mail": 11},
    {},
)


def make(scene: Scene) -> None:
    newest = Idea.objects.filter(cycle=scene.cycles[0]).order_by("-created_at", "-pk")
    decided = newest.filter(status__in=OUTCOMES).prefetch_related("changes")
    for number, idea in enumerate(decided[:HELD], 1):
        reason = next(change.reason for change in reversed(idea.changes.all()) if change.reason)
        letter = notifications.status_letter(idea, reason=reason)
        _keep(letter, idea, number, held_at=moment(scene.day(-1), idea.code))
    for number, idea in enumerate(newest[:SENT], HELD + 1):
        letter = notifications.received_letter(idea)
        _keep(letter, idea, number, sent_at=min(idea.created_at, timezone.now()))
    _nights(scene)


def _keep(letter: Letter, idea: Idea, number: int, **times: dt.datetime) -> None:
    mail = OutgoingMail.objects.create(
        kind=letter.kind.key,
        to=f"innsender{number}@post.example",
        subject=letter.subject,
        body=notifications.written_out(letter.body, url=LINK_MARK),
        link=notifications.follow_url(idea),
        **times,
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(created_at=next(iter(times.values())))


def _nights(scene: Scene) -> None:
    for nights_ago, counts in zip(range(NIGHTS, 0, -1), FORGOTTEN, strict=True):
        day = dt.datetime.combine(scene.day(-nights_ago), dt.time(3, 30))
        at = timezone.make_aware(day)
        ForgettingRun.objects.create(started_at=at, finished_at=at, counts=counts)
