import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_stagedimport")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60, verbose_name="tabell")),
                ("word", models.TextField(verbose_name="ord")),
                ("rows", models.PositiveIntegerField(verbose_name="antall tekster")),
            ],
            options={
                "verbose_name": "søkeord",
                "verbose_name_plural": "søkeord",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="core_searchword_like", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "word"), name="core_searchword_once")
                ],
            },
        ),
    ]
