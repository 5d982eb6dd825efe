import django.db.models.deletion
from django.db import migrations, models

# What the owner was told stays as it was told: a sent report, and each line of it. The next month
# says what is new.
KEEP = """
CREATE FUNCTION projects_sent_status_is_kept() RETURNS trigger AS $$
DECLARE
    report bigint;
    is_sent boolean;
BEGIN
    IF TG_TABLE_NAME = 'projects_statusreport' THEN
        report := OLD.id;
        is_sent := OLD.status = 'sent';
    ELSE
        report := NEW.report_id;
        SELECT status = 'sent' INTO is_sent FROM projects_statusreport WHERE id = report;
    END IF;
    IF is_sent THEN
        RAISE EXCEPTION 'status report % is sent and kept as it was', report
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'projects_sent_status_is_kept';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER projects_statusreport_kept BEFORE UPDATE ON projects_statusreport
    FOR EACH ROW EXECUTE FUNCTION projects_sent_status_is_kept();
CREATE TRIGGER projects_dimensionstatus_kept BEFORE INSERT OR UPDATE ON projects_dimensionstatus
    FOR EACH ROW EXECUTE FUNCTION projects_sent_status_is_kept();
"""
LET_GO = """
DROP TRIGGER projects_statusreport_kept ON projects_statusreport;
DROP TRIGGER projects_dimensionstatus_kept ON projects_dimensionstatus;
DROP FUNCTION projects_sent_status_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_products_stand_in_and_are_kept")]

    operations = [
        migrations.CreateModel(
            name="ReportReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="måned")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("first", "first"),
                            ("last_day", "last_day"),
                            ("owner", "owner"),
                        ],
                        max_length=8,
                        verbose_name="påminnelse",
                    ),
                ),
                ("on", models.DateField(verbose_name="dato")),
            ],
            options={
                "verbose_name": "påminnelse om status",
                "verbose_name_plural": "påminnelser om status",
                "ordering": ["project", "month", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="dimensionstatus", name="projects_dimensionstatus_words_are_known"
        ),
        migrations.AddField(
            model_name="statusreport",
            name="highest_risk",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="høyeste S × K"
            ),
        ),
        migrations.AlterField(
            model_name="dimensionstatus",
            name="light",
            field=models.CharField(
                blank=True,
                choices=[("green", "Grønt"), ("yellow", "Gult"), ("red", "Rødt")],
                max_length=6,
                verbose_name="lys",
            ),
        ),
        migrations.AddConstraint(
            model_name="dimensionstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dimension__in", ["progress", "money", "quality", "risk", "benefits"]),
                    ("light__in", ["", "green", "yellow", "red"]),
                ),
                name="projects_dimensionstatus_is_on_the_scale",
            ),
        ),
        migrations.AddField(
            model_name="reportreminder",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="report_reminders",
                to="projects.project",
                verbose_name="prosjekt",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreminder",
            constraint=models.UniqueConstraint(
                fields=("project", "month", "step"), name="projects_reportreminder_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["first", "last_day", "owner"])),
                name="projects_reportreminder_step_is_known",
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
