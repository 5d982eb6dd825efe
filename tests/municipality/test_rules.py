import pytest

from core import roles


@pytest.mark.parametrize("role", roles.ALL)
def test_who_may_manage_the_cycle(person, db, role):
    allowed = {roles.DIGITALISATION_TEAM, roles.ADMINISTRATOR}

    assert person(role).has_perm("municipality.manage_cycle") == (role in allowed)


@pytest.mark.parametrize("role", roles.ALL)
def test_who_may_edit_people_and_goals(person, db, role):
    user = person(role)

    perms = ["municipality.change_user", "municipality.change_strategygoal"]

    assert user.has_perms(perms) == (role == roles.ADMINISTRATOR)
    assert user.has_module_perms("municipality") == (role == roles.ADMINISTRATOR)
