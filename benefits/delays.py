"""How late a project is, as its benefits see it."""

from projects.models import PhasePlan, Project, ProjectPhase

AFTER_BP3 = (ProjectPhase.EXECUTION, ProjectPhase.CLOSING, ProjectPhase.REALISATION)


def is_past_bp3(project: Project) -> bool:
    return project.phase in AFTER_BP3


def of_project(project: Project) -> int:
    """Days that BP5 is later than agreed at BP3. A project that ends early hurries no benefit."""
    closing = closing_of(project)
    if closing is None or closing.agreed_ends_on is None:
        return 0
    return max(0, (closing.ends_on - closing.agreed_ends_on).days)


def closing_of(project: Project) -> PhasePlan | None:
    return PhasePlan.objects.filter(project=project, phase=ProjectPhase.CLOSING).first()
