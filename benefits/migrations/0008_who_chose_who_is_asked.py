import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0007_numbers_stand_in_the_indicator"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="measuringrequest",
            name="chosen_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Tomt når den som har ansvaret, er spurt.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="valgt av",
            ),
        ),
    ]
