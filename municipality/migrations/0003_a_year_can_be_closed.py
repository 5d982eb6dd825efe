from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("municipality", "0002_roles")]

    operations = [
        migrations.AddField(
            model_name="annualcycle",
            name="closed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="lukket"
            ),
        ),
    ]
