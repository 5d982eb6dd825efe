from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0011_meeting_shows_a_question")]

    operations = [
        migrations.RemoveField(model_name="memosection", name="order"),
        migrations.AddField(
            model_name="memo",
            name="part_order",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Tomt betyr rekkefølgen i malen.",
                verbose_name="rekkefølgen på delene",
            ),
        ),
        migrations.AddField(
            model_name="memofile",
            name="pages",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sider"),
        ),
    ]
