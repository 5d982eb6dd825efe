import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0008_who_chose_who_is_asked")]

    operations = [
        migrations.AlterField(
            model_name="benefit",
            name="main",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                help_text="Den som svarer for gevinsten der det bare er plass til ett tall.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="benefits.indicator",
                verbose_name="hovedindikator",
            ),
        ),
    ]
