from django.db import migrations, models

POSTPONED = models.Q(("status", "postponed"), _negated=True)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0010_postponed_year_becomes_a_day")]

    operations = [
        migrations.RemoveConstraint(model_name="idea", name="ideas_idea_postponed_has_a_year"),
        migrations.RemoveField(model_name="idea", name="postponed_to"),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(POSTPONED, ("postponed_until__isnull", False), _connector="OR"),
                name="ideas_idea_postponed_has_a_date",
            ),
        ),
    ]
