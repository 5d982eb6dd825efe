from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("prioritization", "0009_protocol_file_is_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="returned_because",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="gitt tilbake fordi"
            ),
        ),
    ]
