"""The mails about decision points, and about projects that end."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import roles
from core.mail_templates import letter
from core.notifications import queue_mail
from municipality.models import User
from projects.mail_kinds import ENDED, GATE
from projects.models import EXECUTIVES, GateCase, Project, RoleKey
from projects.notifications import tell_about_ideas

PROJECT_BOARD = (RoleKey.SENIOR_USER, RoleKey.SENIOR_SUPPLIER)


def _mail(people: Iterable[User | None], *, subject: str, body: str, path: str) -> None:
    """One mail to each person, once, with the link last."""
    for address in sorted({person.email for person in people if person is not None}):
        text = f"{body}\n\n{settings.SITE_URL}{path}\n"
        queue_mail(to=address, subject=subject, body=text, kind=GATE)


def deciders(case: GateCase) -> list[User]:
    """As `projects.decide_gate` has it."""
    if case.is_self_check or case.point.decider_role != EXECUTIVES:
        return [case.project.owner]
    management = User.objects.filter(groups__name=roles.MANAGEMENT, is_active=True)
    return list(management.exclude(pk=case.requested_by_id).order_by("pk"))


def tell_deciders(case: GateCase) -> None:
    _mail(
        deciders(case),
        subject=_("{gate} i {project}: beslutningen er din").format(
            gate=case.name, project=case.project
        ),
        body=_(
            "Hei.\n\n{who} ber om beslutning i prosjektet «{project}».\n\n{gate}: {title}.\n\n"
            "Sjekklisten og dokumentene ligger her:"
        ).format(
            who=case.requested_by, project=case.project, gate=case.name, title=case.point.title
        ),
        path=case.get_absolute_url(),
    )


def _project_board(project: Project) -> list[User]:
    seats = project.role_holders.filter(role__in=PROJECT_BOARD, ends_on=None, person__isnull=False)
    return [seat.person for seat in seats.select_related("person") if seat.person]


def tell_decided(case: GateCase) -> None:
    """To those who lead the project, its board, and the one who asked; not to the decider."""
    project = case.project
    people = [project.owner, project.manager, project.benefit_lead, case.requested_by]
    people += _project_board(project)
    body = _("Hei.\n\n{gate} i prosjektet «{project}» er avgjort.\n\n{outcome}.\n\n{reason}")
    if case.conditions:
        body += "\n\n" + _("Vilkår: {conditions}")
    _mail(
        [person for person in people if person != case.decided_by],
        subject=_("{gate} i {project}: {outcome}").format(
            gate=case.name, project=project, outcome=str(case.outcome).lower()
        ),
        body=body.format(
            gate=case.name,
            project=project,
            outcome=case.outcome,
            reason=case.reason,
            conditions=case.conditions,
        ),
        path=case.get_absolute_url(),
    )


def tell_ended(project: Project, *, by: User) -> None:
    """To the senders of its ideas, and to all who have a part in it or in its benefits."""
    outcome = project.get_ending_display()
    text = letter(
        ENDED, prosjekt=project.name, utfall=outcome[:1].lower() + outcome[1:], grunn=_why(project)
    )
    news = _("Prosjektet «{name}»: {outcome}.\n\nGrunnen er: {reason}").format(
        name=project.name, outcome=outcome, reason=_why(project)
    )
    tell_about_ideas(project, text, news)
    owners = User.objects.filter(owned_benefits__project=project)
    people = [project.owner, project.manager, project.benefit_lead, *_project_board(project)]
    _mail(
        [person for person in [*people, *owners] if person != by],
        subject=_("{name}: {outcome}").format(name=project.name, outcome=outcome),
        body=_("Hei.\n\nProsjektet «{name}» har endt: {outcome}.\n\n{reason}").format(
            name=project.name, outcome=outcome, reason=_why(project)
        ),
        path=reverse("projects:detail", args=[project.pk]),
    )


def _why(project: Project) -> str:
    if not project.end_consequence:
        return project.end_reason
    return _("{reason}\n\nDet betyr for gevinstene: {consequence}").format(
        reason=project.end_reason, consequence=project.end_consequence
    )
