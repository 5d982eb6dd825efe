"""Somebody may edit what another has open: a change request counts its saves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0014_system_uses_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="changerequest",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="versjon"),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sist endret"),
        ),
        migrations.AddField(
            model_name="changerequest",
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
    ]
