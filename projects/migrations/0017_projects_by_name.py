from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0016_system_uses_by_index_alone")]

    operations = [
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["name", "id"], name="projects_project_by_name"),
        ),
    ]
