from django.db import migrations

# Deferred to the end of the transaction, so that a set can be edited row by row.
REFUSE = """
CREATE FUNCTION prioritization_weights_sum() RETURNS trigger AS $$
DECLARE
    sets bigint[];
    checked bigint;
    total integer;
BEGIN
    IF TG_OP = 'INSERT' THEN sets := ARRAY[NEW.criteria_set_id];
    ELSIF TG_OP = 'DELETE' THEN sets := ARRAY[OLD.criteria_set_id];
    ELSE sets := ARRAY[NEW.criteria_set_id, OLD.criteria_set_id];
    END IF;
    FOREACH checked IN ARRAY sets LOOP
        SELECT sum(weight) INTO total FROM prioritization_criterion
            WHERE criteria_set_id = checked;
        IF total IS NOT NULL AND total <> 100 THEN
            RAISE EXCEPTION 'weights of criteria set % sum to %, not 100', checked, total
                USING ERRCODE = 'check_violation',
                CONSTRAINT = 'prioritization_criterion_weights_sum_to_100';
        END IF;
    END LOOP;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER prioritization_criterion_weights_sum_to_100
    AFTER INSERT OR UPDATE OR DELETE ON prioritization_criterion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION prioritization_weights_sum();
"""

ALLOW = """
DROP TRIGGER prioritization_criterion_weights_sum_to_100 ON prioritization_criterion;
DROP FUNCTION prioritization_weights_sum();
"""


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
