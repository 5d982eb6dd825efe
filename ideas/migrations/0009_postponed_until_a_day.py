from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ideas", "0008_browse")]

    operations = [
        migrations.AddField(
            model_name="idea",
            name="postponed_until",
            field=models.DateField(blank=True, null=True, verbose_name="utsatt til"),
        ),
    ]
