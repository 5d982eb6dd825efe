"""The delfaser of Gjennomføre: between each two of them there is a decision, BP3.n."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from projects.models import Project, ProjectPhase, Stage

BEFORE_CLOSING = (
    ProjectPhase.IDEA,
    ProjectPhase.CONCEPT,
    ProjectPhase.PLANNING,
    ProjectPhase.EXECUTION,
)


@transaction.atomic
def save_stage(stage: Stage, *, by: User) -> Stage:
    """Keep what a form filled in on `stage`, new or old, whose project the caller has locked.

    The same form sent twice is one delfase.
    """
    _refuse_untouchable(stage)
    project, is_new = stage.project, stage.pk is None
    if is_new:
        earlier = project.stages.filter(submission_key=stage.submission_key).first()
        if earlier is not None:
            return earlier
        stage.number = project.stages.count() + 1
    stage.mark_edited(by)
    stage.save()
    record("stage added" if is_new else "stage edited", project, by=by, stage=stage.name)
    project.touch()
    return stage


@transaction.atomic
def remove_stage(stage: Stage, *, by: User) -> None:
    """Those that follow move one number up."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=stage.project_id)
    stage = Stage.objects.select_related("project").get(pk=stage.pk)
    _refuse_untouchable(stage)
    if stage.gate_cases.exists():
        raise ActionRefused(
            _("«{stage}» har vært til beslutning. Da kan den ikke tas bort.").format(stage=stage)
        )
    number = stage.number
    record("stage removed", project, by=by, stage=stage.name)
    stage.delete()
    for later in project.stages.filter(number__gt=number):
        later.number -= 1
        later.save(update_fields=["number"])
    project.touch()


def _refuse_untouchable(stage: Stage) -> None:
    project = stage.project
    if project.has_ended or project.phase not in BEFORE_CLOSING:
        raise ActionRefused(_("Delfasene kan endres til prosjektet er i Avslutte."))
    if stage.finished_on is not None:
        raise ActionRefused(_("«{stage}» er ferdig og kan ikke endres.").format(stage=stage))
    if project.gate_cases.waiting().exists():
        raise ActionRefused(
            _("Prosjektet venter på en beslutning. Trekk saken før dere endrer delfasene.")
        )
