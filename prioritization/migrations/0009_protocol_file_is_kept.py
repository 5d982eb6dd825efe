from django.db import migrations

# A protocol that is ready has its SHA-256 in other people's hands: it stays as it was.
REFUSE = """
CREATE FUNCTION prioritization_protocolfile_is_kept() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'protocol file % is ready and is kept as it was', OLD.id
        USING ERRCODE = 'check_violation',
        CONSTRAINT = 'prioritization_protocolfile_ready_is_kept';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER prioritization_protocolfile_ready_is_kept
    BEFORE UPDATE OR DELETE ON prioritization_protocolfile
    FOR EACH ROW WHEN (OLD.status = 'ready')
    EXECUTE FUNCTION prioritization_protocolfile_is_kept();
"""

ALLOW = """
DROP TRIGGER prioritization_protocolfile_ready_is_kept ON prioritization_protocolfile;
DROP FUNCTION prioritization_protocolfile_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0008_decisions_belong_to_a_meeting")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
