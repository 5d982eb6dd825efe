"""Before a new start."""

from django.apps import apps
from django.db import connection

KEPT = {"auth", "contenttypes"}  # roles and permissions come with the migrations


def empty() -> None:
    """Remove every row but the roles. TRUNCATE, since history lets nobody delete it."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in KEPT
    ]
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")  # noqa: S608
