from django.db.migrations import RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from core.whole import CreateTables


def test_the_whole_of_each_app_ends_where_its_steps_end():
    at_once = MigrationLoader(None).project_state()
    step_by_step = MigrationLoader(None, replace_migrations=False)
    wholes = {key for key in step_by_step.disk_migrations if key[1] == "0001_whole"}
    for key in wholes:  # a loader that replaces nothing takes the whole for one step more
        step_by_step.disk_migrations.pop(key)
    step_by_step.load_disk = lambda: None
    step_by_step.build_graph()

    assert wholes
    differences = MigrationAutodetector(step_by_step.project_state(), at_once)
    assert differences.changes(step_by_step.graph) == {}


def test_what_the_steps_do_in_sql_is_done_once():
    loader = MigrationLoader(None)
    wholes = [m for key, m in loader.disk_migrations.items() if key[1] == "0001_whole"]

    for whole in wholes:
        replaced = [loader.disk_migrations[key] for key in whole.replaces]
        sql = [step for each in replaced for step in each.operations if isinstance(step, RunSQL)]
        assert [step for step in whole.operations if isinstance(step, RunSQL)] == sql
        assert sum(isinstance(step, CreateTables) for step in whole.operations) == 1
