from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ideas", "0002_initial")]

    operations = [
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("is_statutory", True)),
                fields=["id"],
                name="ideas_idea_statutory",
            ),
        ),
    ]
