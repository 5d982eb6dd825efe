from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0011_calculation_continues")]

    operations = [
        migrations.AddField(
            model_name="benefit",
            name="delay_when_frozen",
            field=models.IntegerField(
                default=0,
                editable=False,
                help_text="Den er med i det som ble lovet, og flytter ingenting.",
                verbose_name="prosjektets forsinkelse da planen ble låst, dager",
            ),
        ),
    ]
