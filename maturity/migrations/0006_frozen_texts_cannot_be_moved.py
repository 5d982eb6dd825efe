from django.db import migrations

# A text is not only written: it can be moved, and then it is where it stood that counts.
REFUSE = """
CREATE FUNCTION maturity_frozen_at(tab text, changed jsonb) RETURNS timestamptz AS $$
    SELECT CASE tab
        WHEN 'maturity_area' THEN (
            SELECT frozen_at FROM maturity_instrument
            WHERE id = (changed ->> 'instrument_id')::bigint)
        WHEN 'maturity_levelguidance' THEN (
            SELECT instrument.frozen_at FROM maturity_area area
            JOIN maturity_instrument instrument ON instrument.id = area.instrument_id
            WHERE area.id = (changed ->> 'area_id')::bigint)
        ELSE (
            SELECT instrument.frozen_at FROM maturity_levelguidance guidance
            JOIN maturity_area area ON area.id = guidance.area_id
            JOIN maturity_instrument instrument ON instrument.id = area.instrument_id
            WHERE guidance.id = (changed ->> 'guidance_id')::bigint)
        END
$$ LANGUAGE sql STABLE;

CREATE FUNCTION maturity_refuse_moving_frozen() RETURNS trigger AS $$
BEGIN
    IF maturity_frozen_at(TG_TABLE_NAME, to_jsonb(OLD)) IS NOT NULL THEN
        RAISE EXCEPTION 'this version of the instrument is in use and frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER maturity_area_stays BEFORE UPDATE OF instrument_id ON maturity_area
    FOR EACH ROW EXECUTE FUNCTION maturity_refuse_moving_frozen();
CREATE TRIGGER maturity_levelguidance_stays BEFORE UPDATE OF area_id ON maturity_levelguidance
    FOR EACH ROW EXECUTE FUNCTION maturity_refuse_moving_frozen();
CREATE TRIGGER maturity_characteristic_stays BEFORE UPDATE OF guidance_id ON maturity_characteristic
    FOR EACH ROW EXECUTE FUNCTION maturity_refuse_moving_frozen();
"""

ALLOW = """
DROP TRIGGER maturity_characteristic_stays ON maturity_characteristic;
DROP TRIGGER maturity_levelguidance_stays ON maturity_levelguidance;
DROP TRIGGER maturity_area_stays ON maturity_area;
DROP FUNCTION maturity_refuse_moving_frozen();
DROP FUNCTION maturity_frozen_at(text, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("maturity", "0005_characteristic_keys_and_frozen_instruments")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
