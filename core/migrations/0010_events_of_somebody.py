from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0009_mail_link")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["by", "-at"], name="core_event_by_somebody"),
        ),
    ]
