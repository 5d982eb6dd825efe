from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0010_kommit_imports")]

    operations = [
        migrations.AddField(
            model_name="calculation",
            name="continues",
            field=models.BooleanField(
                default=True,
                help_text=(
                    "Ellers regnes ingenting etter det siste året noen har skrevet et tall for."
                ),
                verbose_name="regn siste års tall videre ut perioden",
            ),
        ),
    ]
