import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each person's part in a round: how far they have come, and when they were reminded."""

    dependencies = [
        ("ideas", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("prioritization", "0004_memo_file_is_kept"),
    ]

    operations = [
        migrations.RemoveField(model_name="round", name="scorers"),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "finished_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="ideer med alle svar"
                    ),
                ),
                (
                    "reminded_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="sist minnet"
                    ),
                ),
            ],
            options={
                "verbose_name": "deltakelse i runde",
                "verbose_name_plural": "deltakelser i runder",
                "ordering": ["user__name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="submission_key",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="innsendingsnøkkel"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("score", None)),
                fields=["round", "-answered_weight", "id"],
                name="entry_incomplete",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participations",
                to="prioritization.round",
                verbose_name="runde",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="den som setter poeng",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="scorers",
            field=models.ManyToManyField(
                related_name="rounds",
                through="prioritization.Participation",
                to=settings.AUTH_USER_MODEL,
                verbose_name="de som setter poeng",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("round", "user"), name="prioritization_participation_person_once"
            ),
        ),
    ]
