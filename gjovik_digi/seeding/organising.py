"""Who stands behind some of the demo's projects, and who sits in them beside those who lead."""

import datetime as dt

from projects.models import Project, RoleHolder, RoleKey

ANCHORING = (
    "Vedtatt av ledergruppen etter prioriteringen. Sektorledelsen følger prosjektet i sine "
    "månedlige møter."
)
ORGANISATION = (
    "Prosjekteieren leder prosjektstyret, som møtes annenhver måned. Prosjektlederen bestemmer "
    "innenfor toleransene."
)
FINANCING = "Sektorens egen ramme. Driften etterpå betales av innsparte lisenser."
# Project → the others in it: role, name, unit, and the months from its start to the end, if any.
OTHERS: dict[str, list[tuple[RoleKey, str, str, int | None]]] = {
    "Digital nøkkel i hjemmetjenesten": [
        (RoleKey.SENIOR_USER, "Turid Moen", "Hjemmetjenesten sør", None),
        (RoleKey.SENIOR_SUPPLIER, "Pål Sørli", "Leverandøren av låsene", 8),
        (RoleKey.SENIOR_SUPPLIER, "Mona Hauge", "Leverandøren av låsene", None),
    ],
    "Én søknad for barnehage og SFO": [
        (RoleKey.SENIOR_USER, "Geir Lund", "Foreldreutvalget", None),
    ],
}


def make(projects: dict[str, Project]) -> None:
    for project in projects.values():
        if project.name in OTHERS:
            _organise(project)


def _organise(project: Project) -> None:
    project.anchoring, project.organisation = ANCHORING, ORGANISATION
    project.financing = FINANCING
    project.save(update_fields=["anchoring", "organisation", "financing"])
    begin = project.started_on
    ended_before = None
    for role, name, unit, months in OTHERS[project.name]:
        ends_on = begin + dt.timedelta(days=30 * months) if months else None
        RoleHolder.objects.create(
            project=project,
            role=role,
            name=name,
            organisation=unit,
            starts_on=ended_before or begin,
            ends_on=ends_on,
        )
        ended_before = ends_on
