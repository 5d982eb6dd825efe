from django.db import migrations

REFUSE = """
CREATE FUNCTION core_event_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'core_event is append-only' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER core_event_append_only BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_refuse();
"""

ALLOW = """
DROP TRIGGER core_event_append_only ON core_event;
DROP FUNCTION core_event_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
