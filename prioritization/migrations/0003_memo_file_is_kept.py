from django.db import migrations

# A version that is ready has its SHA-256 in other people's hands: it stays as it was.
REFUSE = """
CREATE FUNCTION prioritization_memofile_is_kept() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'memo file % is ready and is kept as it was', OLD.id
        USING ERRCODE = 'check_violation',
        CONSTRAINT = 'prioritization_memofile_ready_is_kept';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER prioritization_memofile_ready_is_kept
    BEFORE UPDATE OR DELETE ON prioritization_memofile
    FOR EACH ROW WHEN (OLD.status = 'ready')
    EXECUTE FUNCTION prioritization_memofile_is_kept();
"""

ALLOW = """
DROP TRIGGER prioritization_memofile_ready_is_kept ON prioritization_memofile;
DROP FUNCTION prioritization_memofile_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0002_weights_sum_to_100")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
