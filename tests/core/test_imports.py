import datetime as dt

import pytest
from django.utils import timezone

from core import imports
from core.errors import ActionRefused
from core.models import StagedImport

KIND = "test"


@pytest.fixture
def staged(team_member) -> StagedImport:
    return imports.stage(
        KIND, payload={"nivå": 3}, file_name="skjema.xlsx", by=team_member, target="nav"
    )


def test_it_is_found_again_by_the_one_who_uploaded_it(staged, team_member):
    found = imports.get_staged(KIND, staged.token, by=team_member, target="nav")

    assert found == staged
    assert found.payload == {"nivå": 3}


@pytest.mark.parametrize(("kind", "target"), [("another", "nav"), (KIND, "helse"), (KIND, "")])
def test_it_is_found_only_where_it_was_uploaded(staged, team_member, kind, target):
    with pytest.raises(ActionRefused, match="Last opp fila på nytt"):
        imports.get_staged(kind, staged.token, by=team_member, target=target)


def test_nobody_else_finds_it(staged, manager):
    with pytest.raises(ActionRefused, match="Last opp fila på nytt"):
        imports.get_staged(KIND, staged.token, by=manager, target="nav")


def test_it_is_applied_once(staged):
    with imports.apply_once(staged) as payload:
        assert payload == {"nivå": 3}

    with (
        pytest.raises(ActionRefused, match="Fila er allerede lest inn"),
        imports.apply_once(staged),
    ):
        pytest.fail("applied twice")


def test_what_fails_while_it_is_applied_leaves_nothing_and_can_be_tried_again(staged, team_member):
    def half() -> None:
        with imports.apply_once(staged):
            StagedImport.objects.create(kind="half", payload={}, file_name="", by=team_member)
            raise ActionRefused("midtveis")

    with pytest.raises(ActionRefused, match="midtveis"):
        half()

    staged.refresh_from_db()
    assert staged.applied_at is None
    assert not StagedImport.objects.filter(kind="half").exists()


def test_it_is_forgotten_after_a_day(staged):
    imports.forget(at=staged.created_at + dt.timedelta(hours=23))
    assert StagedImport.objects.exists()

    imports.forget(at=staged.created_at + dt.timedelta(hours=24))
    assert not StagedImport.objects.exists()
    assert staged.created_at <= timezone.now()
