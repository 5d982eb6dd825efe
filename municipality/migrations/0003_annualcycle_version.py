import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("municipality", "0002_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="annualcycle",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sist endret"),
        ),
        migrations.AddField(
            model_name="annualcycle",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sist endret av",
            ),
        ),
        migrations.AddField(
            model_name="annualcycle",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="versjon"),
        ),
    ]
