from django.db import migrations

# A method that a project has begun with stays as it was: a gate that was passed must be able to
# show what it asked for. Which method new projects use can be changed, the method itself cannot.
REFUSE = """
CREATE FUNCTION projects_refuse_frozen() RETURNS trigger AS $$
DECLARE
    touched jsonb[];
    changed jsonb;
    its_method bigint;
BEGIN
    touched := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)]
        WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)]
        ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)]
    END;
    FOREACH changed IN ARRAY touched LOOP
        IF TG_TABLE_NAME = 'projects_templatesection' THEN
            SELECT method_id INTO its_method FROM projects_producttemplate
                WHERE id = (changed ->> 'template_id')::bigint;
        ELSE
            its_method := (changed ->> 'method_id')::bigint;
        END IF;
        IF EXISTS (SELECT 1 FROM projects_project WHERE method_id = its_method) THEN
            RAISE EXCEPTION 'method % is in use by a project and frozen', its_method
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'projects_method_in_use_is_frozen';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
"""
TABLES = (
    "projects_checklistitem",
    "projects_producttemplate",
    "projects_templatesection",
    "projects_sizeprofile",
)


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_pages_stay_open")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION projects_refuse_frozen();"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION projects_refuse_frozen();",
                f"DROP TRIGGER {table}_frozen ON {table};",
            )
            for table in TABLES
        ),
    ]
