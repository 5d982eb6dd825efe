import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0013_portfolio_files_of_two_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OtherBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="versjon")),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sist endret"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Slik: NAV Innlandet", max_length=160, verbose_name="virksomhet"
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text=(
                            "En rolle eller enhet, ikke navnet på en person. Slik: avdelingsleder"
                        ),
                        max_length=160,
                        verbose_name="kontakt",
                    ),
                ),
                (
                    "involved_on",
                    models.DateField(blank=True, null=True, verbose_name="med fra"),
                ),
                (
                    "benefit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_body",
                        to="benefits.benefit",
                        verbose_name="gevinst",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sist endret av",
                    ),
                ),
            ],
            options={
                "verbose_name": "annen offentlig virksomhet",
                "verbose_name_plural": "andre offentlige virksomheter",
            },
        ),
    ]
