"""The mails of IKT-styringsrådet: the agenda, the answers and the minutes."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.formatting import clock, day_with_year
from core.notifications import queue_mail
from municipality.models import User
from projects import council
from projects.mail_kinds import BOARD
from projects.models import BoardMeeting, ChangeRequest, Project


def _mail(people: Iterable[User | None], *, subject: str, body: str, path: str) -> None:
    """One mail to each person, once, with the link last."""
    for address in sorted({person.email for person in people if person is not None}):
        text = f"{body}\n\n{settings.SITE_URL}{path}\n"
        queue_mail(to=address, subject=subject, body=text, kind=BOARD)


def tell_change_decided(change_request: ChangeRequest) -> None:
    """To the one who asked, and to those who answer for the project."""
    project = change_request.project
    _mail(
        [change_request.requested_by, project.owner, project.manager],
        subject=_("{outcome}: {title}").format(
            outcome=change_request.get_status_display(), title=change_request.title
        ),
        body=_(
            "Hei.\n\nIKT-styringsrådet har behandlet endringsanmodningen «{title}» fra prosjektet "
            "«{project}». Svaret er: {outcome}.\n\n{why}"
        ).format(
            title=change_request.title,
            project=project,
            outcome=change_request.get_status_display().lower(),
            why=_why(change_request.decision_reason, change_request.conditions),
        ),
        path=change_request.get_absolute_url(),
    )


def _why(reason: str, conditions: str) -> str:
    said = _("Grunnen er: {reason}").format(reason=reason)
    if conditions:
        said += "\n\n" + _("Vilkårene er: {conditions}").format(conditions=conditions)
    return said


def tell_agenda(meeting: BoardMeeting) -> None:
    """To the members, with the cases in their order."""
    is_new = meeting.agenda_number > 1
    subject = _("Ny saksliste: {when}") if is_new else _("Saksliste: {when}")
    cases = "\n".join(
        f"{case.item.order}. {case.change_request.title} ({case.change_request.project})"
        for case in council.cases(meeting)
    )
    _mail(
        council.members(),
        subject=subject.format(when=when_in_words(meeting)),
        body=_(
            "Hei.\n\nIKT-styringsrådet møtes {when}{place}. {chair} leder møtet.\n\n{cases}"
        ).format(
            when=when_in_words(meeting),
            place=f", {meeting.place}" if meeting.place else "",
            chair=meeting.chair,
            cases=cases or _("Ingen saker ennå."),
        ),
        path=meeting.get_absolute_url(),
    )


def when_in_words(meeting: BoardMeeting) -> str:
    """«12. oktober 2026 kl. 09.00»."""
    return f"{day_with_year(meeting.held_at)} {clock(meeting.held_at)}"


def tell_minutes(meeting: BoardMeeting) -> None:
    """To the members, those who asked, those who answer for the projects, and those it touches."""
    cases = council.cases(meeting)
    asked = [
        person
        for case in cases
        for person in (
            case.change_request.requested_by,
            case.change_request.project.owner,
            case.change_request.project.manager,
        )
    ]
    touched = Project.objects.filter(pk__in=_touched(cases)).select_related("owner", "manager")
    others = [person for project in touched for person in (project.owner, project.manager)]
    _mail(
        [*council.members(), *asked, *others],
        subject=_("Referat fra IKT-styringsrådet {day}").format(day=day_with_year(meeting.held_at)),
        body=_("Hei.\n\nDette ble utfallet i IKT-styringsrådet:\n\n{cases}").format(
            cases="\n\n".join(_outcome(case) for case in cases) or _("Ingen saker.")
        ),
        path=reverse("board:minutes", args=[meeting.pk]),
    )


def _touched(cases: Iterable[council.Case]) -> set[int]:
    """The other projects that the board saw collide with what it was asked for."""
    return {
        project
        for case in cases
        for collision in case.item.collisions
        for project in collision["projects"]
    }


def _outcome(case: council.Case) -> str:
    item, change = case.item, case.change_request
    said = f"{item.order}. {change.title} ({change.project}): "
    if not item.is_decided:
        return said + _("Ikke behandlet. Saken er tilbake i køen.")
    words = [collision["words"] for collision in item.collisions]
    parts = [said + str(item.get_outcome_display()), _why(item.reason, item.conditions), *words]
    return "\n".join(parts)
