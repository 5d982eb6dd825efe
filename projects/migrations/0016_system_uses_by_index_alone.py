"""What is over is passed by in the index, and the key's own index stands in no better one's way."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0015_change_requests_can_be_edited")]

    operations = [
        migrations.RemoveIndex(model_name="systemuse", name="projects_systemuse_order"),
        migrations.AddIndex(
            model_name="systemuse",
            index=models.Index(
                fields=["starts_on", "id", "ends_on"], name="projects_systemuse_turn"
            ),
        ),
        migrations.AlterField(
            model_name="systemuse",
            name="system",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="projects.system",
                verbose_name="system",
            ),
        ),
    ]
