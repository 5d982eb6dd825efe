"""Collisions are found by an index, and what is written about systems is guarded as other lines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SENT_ONCE = {"editable": False, "null": True, "unique": True, "verbose_name": "innsending"}


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0013_portfolio_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="systemuse", name="submission_key", field=models.UUIDField(**SENT_ONCE)
        ),
        migrations.AddField(
            model_name="freezeperiod", name="submission_key", field=models.UUIDField(**SENT_ONCE)
        ),
        migrations.AddField(
            model_name="freezeperiod",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="versjon"),
        ),
        migrations.AddField(
            model_name="freezeperiod",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sist endret"),
        ),
        migrations.AddField(
            model_name="freezeperiod",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sist endret av",
            ),
        ),
        migrations.AddIndex(
            model_name="systemuse",
            index=models.Index(
                condition=models.Q(("kind", "uses"), _negated=True),
                fields=["system", "starts_on", "ends_on"],
                name="projects_systemuse_changes",
            ),
        ),
        migrations.AddIndex(
            model_name="systemuse",
            index=models.Index(fields=["starts_on", "id"], name="projects_systemuse_order"),
        ),
    ]
