from django.db import migrations
from django.db.models import F
from django.utils import timezone


def keep_open(apps, schema_editor):
    """Every project had a page for everybody until now. Those that have one keep it."""
    Project = apps.get_model("projects", "Project")
    for text in ("name", "summary"):
        chosen = Project.objects.exclude(**{text: ""})
        chosen.update(public_text=F(text), opened_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_prosjektveiviseren")]
    operations = [migrations.RunPython(keep_open, migrations.RunPython.noop)]
