import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0012_projects_begin_as_ideas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PortfolioFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="opprettet")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="endret")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "I kø"),
                            ("making", "Lages"),
                            ("ready", "Ferdig"),
                            ("failed", "Mislyktes"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("snapshot", models.JSONField(default=dict, verbose_name="alt filen er laget av")),
                (
                    "step",
                    models.PositiveSmallIntegerField(default=0, verbose_name="steg ferdig av 4"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="forsøk")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begynt")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="ferdig")),
                ("error", models.TextField(blank=True, verbose_name="feil")),
                ("content", models.BinaryField(blank=True, null=True, verbose_name="PDF")),
                ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="byte")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overview", "Oversikt til ledelsen (PDF)"),
                            ("workbook", "Regneark"),
                        ],
                        max_length=8,
                        verbose_name="slag",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portfolio_files",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bestilt av",
                    ),
                ),
            ],
            options={
                "verbose_name": "porteføljefil",
                "verbose_name_plural": "porteføljefiler",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "making", "ready", "failed"])),
                        name="projects_portfoliofile_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(
                                ("content__isnull", False), models.Q(("sha256", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="projects_portfoliofile_ready_has_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["overview", "workbook"])),
                        name="projects_portfoliofile_kind_is_known",
                    ),
                ],
            },
        ),
    ]
