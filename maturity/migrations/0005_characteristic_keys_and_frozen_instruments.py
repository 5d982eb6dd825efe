from django.db import migrations, models

# A version in use is frozen: neither its areas, its levels nor its statements can be touched.
REFUSE = """
CREATE FUNCTION maturity_refuse_frozen() RETURNS trigger AS $$
DECLARE
    changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    frozen timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'maturity_area' THEN
        SELECT frozen_at INTO frozen FROM maturity_instrument
            WHERE id = (changed ->> 'instrument_id')::bigint;
    ELSIF TG_TABLE_NAME = 'maturity_levelguidance' THEN
        SELECT instrument.frozen_at INTO frozen FROM maturity_area area
            JOIN maturity_instrument instrument ON instrument.id = area.instrument_id
            WHERE area.id = (changed ->> 'area_id')::bigint;
    ELSE
        SELECT instrument.frozen_at INTO frozen FROM maturity_levelguidance guidance
            JOIN maturity_area area ON area.id = guidance.area_id
            JOIN maturity_instrument instrument ON instrument.id = area.instrument_id
            WHERE guidance.id = (changed ->> 'guidance_id')::bigint;
    END IF;
    IF frozen IS NOT NULL THEN
        RAISE EXCEPTION 'this version of the instrument is in use and frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER maturity_area_frozen BEFORE INSERT OR UPDATE OR DELETE ON maturity_area
    FOR EACH ROW EXECUTE FUNCTION maturity_refuse_frozen();
CREATE TRIGGER maturity_levelguidance_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON maturity_levelguidance
    FOR EACH ROW EXECUTE FUNCTION maturity_refuse_frozen();
CREATE TRIGGER maturity_characteristic_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON maturity_characteristic
    FOR EACH ROW EXECUTE FUNCTION maturity_refuse_frozen();

CREATE FUNCTION maturity_revision_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'a revision is kept as it was submitted'
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER maturity_revision_is_kept BEFORE UPDATE ON maturity_revision
    FOR EACH ROW EXECUTE FUNCTION maturity_revision_refuse();
"""

ALLOW = """
DROP TRIGGER maturity_revision_is_kept ON maturity_revision;
DROP FUNCTION maturity_revision_refuse();
DROP TRIGGER maturity_characteristic_frozen ON maturity_characteristic;
DROP TRIGGER maturity_levelguidance_frozen ON maturity_levelguidance;
DROP TRIGGER maturity_area_frozen ON maturity_area;
DROP FUNCTION maturity_refuse_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("maturity", "0004_rounds_of_earlier_years")]
    operations = [
        migrations.AddConstraint(
            model_name="characteristic",
            constraint=models.UniqueConstraint(
                fields=("guidance", "key"), name="maturity_characteristic_key_once"
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
