from django.db import migrations

# A set of criteria that a round uses stays as it was: the numbers of a decided year must come out
# the same again. Which set new rounds use can be changed, the set itself cannot.
REFUSE = """
CREATE FUNCTION prioritization_refuse_frozen() RETURNS trigger AS $$
DECLARE
    touched jsonb[];
    changed jsonb;
    its_set bigint;
BEGIN
    touched := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)]
        WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)]
        ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)]
    END;
    FOREACH changed IN ARRAY touched LOOP
        IF TG_TABLE_NAME = 'prioritization_criterion' THEN
            its_set := (changed ->> 'criteria_set_id')::bigint;
        ELSE
            SELECT criteria_set_id INTO its_set FROM prioritization_criterion
                WHERE id = (changed ->> 'criterion_id')::bigint;
        END IF;
        IF EXISTS (SELECT 1 FROM prioritization_round WHERE criteria_set_id = its_set) THEN
            RAISE EXCEPTION 'criteria set % is in use by a round and frozen', its_set
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'prioritization_criteria_in_use_are_frozen';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER prioritization_criterion_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON prioritization_criterion
    FOR EACH ROW EXECUTE FUNCTION prioritization_refuse_frozen();
CREATE TRIGGER prioritization_question_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON prioritization_question
    FOR EACH ROW EXECUTE FUNCTION prioritization_refuse_frozen();
"""

ALLOW = """
DROP TRIGGER prioritization_question_frozen ON prioritization_question;
DROP TRIGGER prioritization_criterion_frozen ON prioritization_criterion;
DROP FUNCTION prioritization_refuse_frozen();
"""


def let_rounds_choose(apps, schema_editor):
    """The strategy does not say which way «redesign av prosesser» counts."""
    Question = apps.get_model("prioritization", "Question")
    Question.objects.filter(code="redesign").update(is_direction_chosen=True)


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0004_consensus_scenarios_and_decisions")]
    operations = [
        migrations.RunPython(let_rounds_choose, migrations.RunPython.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
