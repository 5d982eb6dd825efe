import django.db.models.deletion
from django.db import migrations, models


def either(*conditions):
    return models.Q(*conditions, _connector="OR")


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0007_earlier_decisions_have_a_meeting")]

    operations = [
        migrations.AlterModelOptions(
            name="decision",
            options={
                "ordering": ["-meeting__held_on", "-pk"],
                "verbose_name": "vedtak",
                "verbose_name_plural": "vedtak",
            },
        ),
        migrations.AlterField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="prioritization.decisionmeeting",
                verbose_name="vedtaksmøte",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="decision", name="prioritization_decision_postponed_has_a_year"
        ),
        migrations.RemoveField(model_name="decision", name="postponed_to"),
        migrations.AlterField(  # so that it can be put back empty, and then be filled
            model_name="decision",
            name="decided_on",
            field=models.DateField(null=True, verbose_name="vedtatt"),
        ),
        migrations.RemoveField(model_name="decision", name="decided_on"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=either(
                    models.Q(("outcome", "postponed"), _negated=True),
                    ("postponed_until__isnull", False),
                ),
                name="prioritization_decision_postponed_has_a_date",
                violation_error_message="Velg hvilken dag ideen er utsatt til.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=either(
                    models.Q(("outcome", "approved"), _negated=True), ("owner__isnull", False)
                ),
                name="prioritization_decision_approved_has_an_owner",
                violation_error_message="Velg hvem som eier prosjektet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=either(
                    ("published_at__isnull", True), models.Q(("public_reason", ""), _negated=True)
                ),
                name="prioritization_decision_published_has_a_public_reason",
            ),
        ),
        migrations.AlterConstraint(
            model_name="decision",
            name="prioritization_decision_has_a_reason",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="prioritization_decision_has_a_reason",
                violation_error_message="Skriv hvorfor. Det står i protokollen.",
            ),
        ),
    ]
