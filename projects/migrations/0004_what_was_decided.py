from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_idea_in_project")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="conditions",
            field=models.TextField(blank=True, max_length=1000, verbose_name="vilkår"),
        ),
        migrations.AddField(
            model_name="project",
            name="expected_benefit",
            field=models.CharField(blank=True, max_length=160, verbose_name="ventet gevinst"),
        ),
        migrations.AddField(
            model_name="project",
            name="person_years",
            field=models.DecimalField(
                blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="årsverk"
            ),
        ),
    ]
