"""What everybody may read about a project: written, opened and closed. Nothing personal."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from ideas import personal_data
from ideas.personal_data import Found
from municipality.models import User
from projects.models import Project

SHOWN = ("name", "summary", "public_text")


@transaction.atomic
def write_public_text(project: Project, *, by: User) -> None:
    """Keep the text a form filled in on `project`, locked by the caller and not yet saved."""
    if project.is_open:
        _require_fit_for_all(project)
    project.mark_edited(by)
    project.save()
    record("project public text written", project, by=by)


@transaction.atomic
def open_to_all(project: Project, *, by: User, at: dt.datetime) -> None:
    """Let everybody read about the project. Asking again changes nothing."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.is_open:
        return
    _require_fit_for_all(project)
    project.opened_at = at
    project.save(update_fields=["opened_at", "updated_at"])
    record("project opened", project, by=by)


@transaction.atomic
def close_to_all(project: Project, *, by: User) -> None:
    """Only those inside see the project. Its text is kept."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not project.is_open:
        return
    project.opened_at = None
    project.save(update_fields=["opened_at", "updated_at"])
    record("project closed to the public", project, by=by)


def _require_fit_for_all(project: Project) -> None:
    """There is a text, and no national identity number stands in what everybody would read."""
    if not project.public_text.strip():
        raise ActionRefused(_("Skriv om prosjektet for alle før dere åpner siden."))
    kinds = {
        finding.kind for name in SHOWN for finding in personal_data.find(getattr(project, name))
    }
    if Found.NATIONAL_ID in kinds:
        raise ActionRefused(
            _("«{name}» inneholder et fødselsnummer. Ta det bort før siden vises.").format(
                name=project
            )
        )
