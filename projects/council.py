"""IKT-styringsrådet: who sits on it, who may take part in a case, and whether they are enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import roles
from core.formatting import count_word, listed
from municipality.models import User
from projects.models import (
    AgendaItem,
    BoardMeeting,
    BoardRecusal,
    ChangeRequest,
)


def members() -> QuerySet[User]:
    return User.objects.filter(groups__name=roles.ICT_BOARD, is_active=True).order_by("name", "pk")


def deciding_meeting() -> BoardMeeting | None:
    """The next meeting; when none is planned, the last one. Its chair decides what cannot wait."""
    meetings = BoardMeeting.objects.select_related("chair")
    return meetings.ahead().first() or meetings.closed().first()


def own_case(change_request: ChangeRequest, person: Any) -> str:
    """Why the case is a member's own. Empty when it is not. Wants the project loaded."""
    project = change_request.project
    if project.owner_id == person.pk:
        return _("Eier prosjektet.")
    if project.manager_id == person.pk:
        return _("Leder prosjektet.")
    if change_request.requested_by_id == person.pk:
        return _("Har selv bedt om endringen.")
    if project.benefit_lead_id == person.pk:
        return _("Er gevinstansvarlig i prosjektet.")
    return ""


@dataclass(frozen=True)
class Suggestion:
    """Somebody present who has a part in the case, and has not said so yet."""

    member: User
    reason: str


@dataclass(frozen=True)
class Case:
    """One case of a meeting, with those who may and may not take part in it."""

    item: AgendaItem
    quorum: int
    present: Sequence[User] = ()
    recusals: Sequence[BoardRecusal] = field(default_factory=tuple)

    @property
    def change_request(self) -> ChangeRequest:
        return self.item.change_request

    @property
    def voters(self) -> list[User]:
        out = {recusal.member_id for recusal in self.recusals}
        return [person for person in self.present if person.pk not in out]

    @property
    def has_quorum(self) -> bool:
        return len(self.voters) >= self.quorum

    @property
    def lacking(self) -> int:
        return max(0, self.quorum - len(self.voters))

    @property
    def suggestions(self) -> list[Suggestion]:
        return [
            Suggestion(person, reason)
            for person in self.voters
            if (reason := own_case(self.change_request, person))
        ]

    @property
    def quorum_words(self) -> str:
        """«Tre av rådet avgjør saken. To må være med.»"""
        if not self.voters:
            return _("Ingen som kan avgjøre saken, er til stede. {quorum} må være med.").format(
                quorum=count_word(self.quorum).capitalize()
            )
        return _("{names} avgjør saken. {quorum} må være med.").format(
            names=listed([str(person) for person in self.voters]),
            quorum=count_word(self.quorum).capitalize(),
        )


def cases(meeting: BoardMeeting) -> list[Case]:
    """All on the agenda, in order. The number of queries does not grow with them."""
    present = present_at(meeting)
    items = (
        meeting.agenda.select_related(
            "change_request__project__sector",
            "change_request__project__owner",
            "change_request__requested_by",
            "change_request__decided_by",
        )
        .prefetch_related("recusals__member")
        .order_by("order", "pk")
    )
    return [Case(item, meeting.quorum, present, _recusals(item.recusals.all())) for item in items]


def case(item: AgendaItem) -> Case:
    recusals = item.recusals.select_related("member")
    return Case(item, item.meeting.quorum, present_at(item.meeting), _recusals(recusals))


def present_at(meeting: BoardMeeting) -> list[User]:
    rows = meeting.attendance.select_related("member").order_by("member__name", "member_id")
    return [row.member for row in rows]


def _recusals(rows: Iterable[BoardRecusal]) -> tuple[BoardRecusal, ...]:
    return tuple(sorted(rows, key=lambda recusal: (recusal.member.name, recusal.pk)))


def to_be_told(meeting: BoardMeeting) -> QuerySet[ChangeRequest]:
    """What the chair decided alone, and the meeting is to hear about (or has heard)."""
    alone = ChangeRequest.objects.decided_alone().select_related("project", "decided_by")
    return alone.filter(told_in=meeting if meeting.is_closed else None)
