from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0012_delay_when_frozen")]

    operations = [
        migrations.AddField(
            model_name="portfoliofile",
            name="kind",
            field=models.CharField(
                choices=[("overview", "Gevinstoversikt (PDF)"), ("workbook", "Regneark")],
                default="overview",
                max_length=8,
                verbose_name="slag",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfoliofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["overview", "workbook"])),
                name="benefits_portfoliofile_kind_is_known",
            ),
        ),
    ]
