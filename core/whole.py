"""Making all tables of an app at once, for a database that has none of them.

Django draws the models that its migrations have made so far anew after each of their operations,
with all that they lead to. A hundred and fifty models that all lead to the user take minutes that
way, where the database needs seconds. An app's `0001_whole` stands in for its earlier migrations:
the state goes through their operations without being drawn, and the tables are made as they are
after the last. A database that has some of the migrations goes on from them, one by one.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.contrib.postgres.operations import CreateExtension
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.operations.base import Operation


def _operations(app: str, names: list[str]) -> Iterator[Operation]:
    for name in names:
        yield from import_module(f"{app}.migrations.{name}").Migration.operations


def whole(app: str, names: list[str], *, first_rows: tuple[Any, ...] = ()) -> list[Operation]:
    """The operations of the named migrations, in order, with their tables made at once.

    What they do in SQL is done afterwards, extensions before. Of what they do in Python only
    `first_rows` is: the rest moves rows that a new database does not have.
    """
    steps = list(_operations(app, names))
    extensions = [step for step in steps if isinstance(step, CreateExtension)]
    beside = [
        step
        for step in steps
        if isinstance(step, RunSQL) or (isinstance(step, RunPython) and step.code in first_rows)
    ]
    return [*extensions, CreateTables(app, names), *beside]


class CreateTables(Operation):
    """The tables of an app as they are after the named migrations."""

    def __init__(self, app: str, names: list[str]) -> None:
        self.app, self.names = app, names

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # without drawn models, a change of the state draws none
        for step in _operations(self.app, self.names):
            step.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in self._models(to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in reversed(self._models(from_state)):
            schema_editor.delete_model(model)

    def _models(self, state: Any) -> list[Any]:
        """In the order of the state. Foreign keys are made when all tables are."""
        return [state.apps.get_model(*key) for key in state.models if key[0] == self.app]

    def describe(self) -> str:
        return f"Make the tables of {self.app}"
