"""The mails about a month's status, its deviations and what is answered to them."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import day_with_year, listed
from core.notifications import queue_mail
from municipality.models import User
from projects import lights
from projects.mail_kinds import WORK
from projects.models import Deviation, Project, StatusReport
from projects.reporting import Step, due_on


def _mail(people: Iterable[User | None], *, subject: str, body: str, path: str) -> None:
    """One mail to each person, once, with the link last."""
    for address in sorted({person.email for person in people if person is not None}):
        text = f"{body}\n\n{settings.SITE_URL}{path}\n"
        queue_mail(to=address, subject=subject, body=text, kind=WORK)


def tell_owner_sent(report: StatusReport) -> None:
    """Not to an owner who sent it."""
    owner = report.project.owner
    if owner == report.sent_by:
        return
    _mail(
        [owner],
        subject=_("Status for {month}: {project}").format(
            month=report.month_name, project=report.project
        ),
        body=_(
            "Hei.\n\n{who} har sendt status for {month} i prosjektet «{project}»: {story}."
        ).format(
            who=report.sent_by,
            month=report.month_name,
            project=report.project,
            story=lights.story(report.dimensions.all()),
        ),
        path=report.get_absolute_url(),
    )


def tell_owner_outside(report: StatusReport, deviations: Sequence[Deviation]) -> None:
    """All the deviations of a report in one mail. The link leads to it, or to all of them."""
    names = listed([each.get_parameter_display().lower() for each in deviations])
    what = "\n\n".join(_one(each) for each in deviations)
    only = deviations[0] if len(deviations) == 1 else None
    _mail(
        [report.project.owner],
        subject=ngettext(
            "Et avvik venter på deg: {project}",
            "Avvik venter på deg: {project}",
            len(deviations),
        ).format(project=report.project),
        body=_(
            "Hei.\n\nPrognosen for «{project}» er utenfor toleransen for {names}. Du avgjør hva "
            "som skal skje.\n\n{what}"
        ).format(project=report.project, names=names, what=what),
        path=only.get_absolute_url() if only else _reports(report.project),
    )


def _one(deviation: Deviation) -> str:
    return _("{name}\nAvtalt: {agreed}\nPrognose: {forecast}\nToleranse: {tolerance}").format(
        name=deviation.get_parameter_display(),
        agreed=deviation.agreed,
        forecast=deviation.forecast,
        tolerance=deviation.tolerance,
    )


def tell_manager_answered(deviation: Deviation) -> None:
    """To the project manager, and to whoever sent the report. Not to the one who answered."""
    people = {deviation.project.manager, deviation.report.sent_by} - {deviation.answered_by}
    _mail(
        people,
        subject=_("{outcome}: avvik i {project}").format(
            outcome=deviation.get_status_display(), project=deviation.project
        ),
        body=_(
            "Hei.\n\n{who} har svart på avviket om {parameter} i «{project}». "
            "Svaret er: {outcome}.\n\n{answer}"
        ).format(
            who=deviation.answered_by,
            parameter=deviation.get_parameter_display().lower(),
            project=deviation.project,
            outcome=deviation.get_status_display().lower(),
            answer=deviation.answer,
        ),
        path=deviation.get_absolute_url(),
    )


def remind(project: Project, *, month: dt.date, step: Step) -> None:
    """To the manager; the last one to the owner too. An owner without a manager is reminded."""
    people = [project.manager or project.owner]
    if step == Step.OWNER:
        people.append(project.owner)
    name = date_format(month, "F Y")
    _mail(
        people,
        subject=_subject(step).format(month=name, project=project),
        body=_(
            "Hei.\n\nStatus for {month} i prosjektet «{project}» er ikke sendt. Siste dag er "
            "{day}. Det tar fem minutter: det som sto sist, er fylt inn."
        ).format(month=name, project=project, day=day_with_year(due_on(month))),
        path=reverse("projects:report-write", args=[project.pk, f"{month:%Y-%m}"]),
    )


def _subject(step: Step) -> str:
    match step:
        case Step.FIRST:
            return _("Send status for {month}: {project}")
        case Step.LAST_DAY:
            return _("Siste dag å sende status for {month}: {project}")
        case Step.OWNER:
            return _("Status for {month} mangler: {project}")


def _reports(project: Project) -> str:
    return reverse("projects:reports", args=[project.pk])
