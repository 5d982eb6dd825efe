import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERSON = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


class Migration(migrations.Migration):
    dependencies = [
        ("prioritization", "0005_criteria_in_use_are_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="versjon"),
        ),
        migrations.AddField(
            model_name="decision",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sist endret"),
        ),
        migrations.AddField(
            model_name="decision",
            name="edited_by",
            field=models.ForeignKey(blank=True, null=True, verbose_name="sist endret av", **PERSON),
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="prioritization.decisionmeeting",
                verbose_name="vedtaksmøte",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="owner",
            field=models.ForeignKey(blank=True, null=True, verbose_name="prosjekteier", **PERSON),
        ),
        migrations.AddField(
            model_name="decision",
            name="postponed_until",
            field=models.DateField(blank=True, null=True, verbose_name="utsatt til"),
        ),
        migrations.AddField(
            model_name="decision",
            name="published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="kunngjort"),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(verbose_name="slik det sto")),
                (
                    "reason",
                    models.CharField(max_length=300, verbose_name="hvorfor det er rettet"),
                ),
                ("at", models.DateTimeField(verbose_name="rettet")),
                ("by", models.ForeignKey(verbose_name="rettet av", **PERSON)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="prioritization.decision",
                        verbose_name="vedtak",
                    ),
                ),
            ],
            options={
                "verbose_name": "retting av et vedtak",
                "verbose_name_plural": "rettinger av vedtak",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="prioritization_correction_has_a_reason",
                    )
                ],
            },
        ),
    ]
