import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A closed year stays as it was until it is opened again: nobody adds to its rows, changes or
# removes them, and what is said of them stays what it was. Rows are written before the year has
# its SHA-256, and that is what seals it.
REFUSE = """
CREATE FUNCTION annual_is_sealed(year_id bigint) RETURNS boolean AS $$
    SELECT EXISTS (
        SELECT 1 FROM annual_closedyear
        WHERE id = year_id AND sha256 <> '' AND reopened_at IS NULL
    );
$$ LANGUAGE sql STABLE;

CREATE FUNCTION annual_refuse_sealed() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'closed year % is kept as it was', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'annual_closed_year_is_kept';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER annual_closedyear_is_kept
    BEFORE UPDATE ON annual_closedyear
    FOR EACH ROW WHEN (
        OLD.sha256 <> '' AND OLD.reopened_at IS NULL AND (
            OLD.id, OLD.cycle_id, OLD.by_id, OLD.at, OLD.note, OLD.sha256, OLD.row_count,
            OLD.summary
        ) IS DISTINCT FROM (
            NEW.id, NEW.cycle_id, NEW.by_id, NEW.at, NEW.note, NEW.sha256, NEW.row_count,
            NEW.summary
        )
    )
    EXECUTE FUNCTION annual_refuse_sealed();
CREATE TRIGGER annual_closedyear_is_not_removed
    BEFORE DELETE ON annual_closedyear
    FOR EACH ROW WHEN (OLD.sha256 <> '' AND OLD.reopened_at IS NULL)
    EXECUTE FUNCTION annual_refuse_sealed();

CREATE FUNCTION annual_refuse_frozen() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT closed_year_id FROM touched) AS years
        WHERE annual_is_sealed(years.closed_year_id)
    ) THEN
        RAISE EXCEPTION 'rows of a closed year are kept as they were'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'annual_frozen_rows_are_kept';
    END IF;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER annual_frozenrow_not_added
    AFTER INSERT ON annual_frozenrow REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION annual_refuse_frozen();
CREATE TRIGGER annual_frozenrow_not_removed
    AFTER DELETE ON annual_frozenrow REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION annual_refuse_frozen();

CREATE FUNCTION annual_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'a frozen row is written once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'annual_frozen_rows_are_kept';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER annual_frozenrow_not_changed
    BEFORE UPDATE ON annual_frozenrow
    FOR EACH ROW EXECUTE FUNCTION annual_refuse_change();
"""

ALLOW = """
DROP TRIGGER annual_frozenrow_not_changed ON annual_frozenrow;
DROP TRIGGER annual_frozenrow_not_removed ON annual_frozenrow;
DROP TRIGGER annual_frozenrow_not_added ON annual_frozenrow;
DROP TRIGGER annual_closedyear_is_not_removed ON annual_closedyear;
DROP TRIGGER annual_closedyear_is_kept ON annual_closedyear;
DROP FUNCTION annual_refuse_change();
DROP FUNCTION annual_refuse_frozen();
DROP FUNCTION annual_refuse_sealed();
DROP FUNCTION annual_is_sealed(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annual", "0001_initial"),
        ("municipality", "0003_a_year_can_be_closed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="closedyear",
            name="recounted",
            field=models.JSONField(default=dict, verbose_name="regnet ut på nytt"),
        ),
        migrations.AddField(
            model_name="closedyear",
            name="recounted_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="sist regnet ut på nytt"
            ),
        ),
        migrations.AddField(
            model_name="closedyear",
            name="reopened_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="åpnet igjen"),
        ),
        migrations.AddField(
            model_name="closedyear",
            name="reopened_because",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="hvorfor det ble åpnet igjen"
            ),
        ),
        migrations.AddField(
            model_name="closedyear",
            name="reopened_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="åpnet igjen av",
            ),
        ),
        migrations.AddConstraint(
            model_name="closedyear",
            constraint=models.CheckConstraint(
                condition=models.Q(reopened_at=None, reopened_because="")
                | (models.Q(reopened_at__isnull=False) & ~models.Q(reopened_because="")),
                name="annual_closedyear_reopened_has_why",
            ),
        ),
        migrations.CreateModel(
            name="ClosingWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("concern", models.SlugField(max_length=30, verbose_name="kontroll")),
                ("what", models.CharField(max_length=300, verbose_name="det som manglet")),
                (
                    "reason",
                    models.CharField(
                        max_length=500, verbose_name="hvorfor året ble lukket likevel"
                    ),
                ),
                (
                    "closed_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="annual.closedyear",
                        verbose_name="lukket år",
                    ),
                ),
            ],
            options={
                "verbose_name": "unntak ved lukking",
                "verbose_name_plural": "unntak ved lukking",
                "ordering": ["closed_year", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="closingwaiver",
            constraint=models.UniqueConstraint(
                fields=["closed_year", "concern"], name="annual_closingwaiver_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="closingwaiver",
            constraint=models.CheckConstraint(
                condition=~models.Q(reason=""), name="annual_closingwaiver_has_why"
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
