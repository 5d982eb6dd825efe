"""The mails about projects. Each carries the reason that stands on the page."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.mail_templates import Letter, letter
from core.notifications import queue_mail
from ideas.models import Idea
from ideas.notifications import senders, tell, tell_followers
from municipality.models import User
from projects.mail_kinds import PHASE, WORK
from projects.models import ChangeRequest, IdeaInProject, PhaseChange, Project, RoleKey


def _mail(people: Iterable[User | None], *, subject: str, body: str, path: str) -> None:
    """One mail to each person, once, with the link last."""
    for address in sorted({person.email for person in people if person is not None}):
        text = f"{body}\n\n{settings.SITE_URL}{path}\n"
        queue_mail(to=address, subject=subject, body=text, kind=WORK)


def tell_owner_started(project: Project) -> None:
    _mail(
        [project.owner],
        subject=_("Du eier et nytt prosjekt: {name}").format(name=project.name),
        body=_(
            "Hei.\n\nIdeen «{name}» er godkjent, og du er prosjekteier. Prosjektet er i fasen "
            "{phase}.\n\nDet første du gjør, er å beskrive minst én gevinst."
        ).format(name=project.name, phase=project.get_phase_display()),
        path=project.get_absolute_url(),
    )


def tell_appointed(project: Project, role: RoleKey, person: User) -> None:
    _mail(
        [person],
        subject=_("Du har fått en rolle i {name}").format(name=project.name),
        body=_("Hei.\n\nDu er nå {role} i prosjektet «{name}».").format(
            role=role.label.lower(), name=project.name
        ),
        path=project.get_absolute_url(),
    )


def tell_sender_phase(project: Project, change: PhaseChange) -> None:
    """Those who sent and follow the idea read the same reason as stands on the project's page."""
    text = letter(PHASE, prosjekt=project.name, fase=change.get_phase_display(), grunn=change.note)
    news = _("Prosjektet «{name}» er nå i fasen {phase}.\n\nGrunnen er: {reason}").format(
        name=project.name, phase=change.get_phase_display(), reason=change.note
    )
    tell_about_ideas(project, text, news)


def tell_about_ideas(project: Project, letter: Letter, news: str) -> None:
    """To all who sent or follow an idea that the project came of or has taken in. Once each."""
    told: set[str] = set()
    for idea in _ideas_of(project):
        tell(idea, letter, but_not=told)
        told.update(senders(idea))
        told.update(tell_followers(idea, news, but_not=told))


def _ideas_of(project: Project) -> list[Idea]:
    """The one it began with, and those it has taken in since."""
    taken_in = project.taken_in.select_related("idea__submitted_by", "idea__split_from")
    return [project.idea, *(each.idea for each in taken_in)]


def tell_project_taken_in(taken: IdeaInProject, *, reason: str) -> None:
    """To those who answer for the project: it has one more idea to do something about."""
    _mail(
        [taken.project.owner, taken.project.manager],
        subject=_("{name} har fått en idé til").format(name=taken.project.name),
        body=_(
            "Hei.\n\nIdeen «{title}» er tatt inn i prosjektet «{name}». Den som sendte den, har "
            "fått denne grunnen:\n\n{reason}"
        ).format(title=taken.idea.title, name=taken.project.name, reason=reason),
        path=taken.project.get_absolute_url(),
    )


def tell_board_received(change_request: ChangeRequest) -> None:
    _mail(
        User.objects.filter(groups__name=roles.ICT_BOARD, is_active=True),
        subject=_("Ny endringsanmodning: {title}").format(title=change_request.title),
        body=_(
            "Hei.\n\n{who} ber om en endring i prosjektet «{project}»: {title}.\n\n{reason}"
        ).format(
            who=change_request.requested_by,
            project=change_request.project,
            title=change_request.title,
            reason=change_request.reason,
        ),
        path=reverse("board:decide", args=[change_request.pk]),
    )
