"""Who works in the demo municipality, and how they log in."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core import roles
from gjovik_digi.seeding import texts
from municipality.models import Sector, User

PASSWORD = "hjulet-gar-rundt"  # noqa: S105  printed for everybody who starts the demo


def logins() -> list[dict[str, str]]:
    """One person per role: the first in people.yaml who holds it."""
    everybody = texts.read("people")
    return [
        {"role": role, "email": person["email"], "password": PASSWORD}
        for role in roles.ALL
        for person in [next(one for one in everybody if role in one["roles"])]
    ]


def make(sectors: dict[str, Sector]) -> dict[str, User]:
    """Everybody in people.yaml, by e-mail, with their roles; the sectors get their leaders."""
    password = make_password(PASSWORD)
    rows = texts.read("people")
    people = {row["email"]: _person(row, sectors, password) for row in rows}
    User.objects.bulk_create(people.values())
    groups = {group.name: group for group in Group.objects.filter(name__in=roles.ALL)}
    User.groups.through.objects.bulk_create(
        User.groups.through(user=people[row["email"]], group=groups[role])
        for row in rows
        for role in {*row["roles"], roles.EMPLOYEE}
    )
    for row in rows:
        if roles.SECTOR_LEADER in row["roles"]:
            sector = sectors[row["sector"]]
            sector.leader = people[row["email"]]
            sector.save(update_fields=["leader"])
    return people


def _person(row: dict, sectors: dict[str, Sector], password: str) -> User:
    return User(
        email=row["email"],
        name=row["name"],
        sector=sectors.get(row["sector"]),
        password=password,
        is_staff=roles.ADMINISTRATOR in row["roles"],
        is_superuser=roles.ADMINISTRATOR in row["roles"],
    )
