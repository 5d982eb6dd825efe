from django.db import migrations, models

# What was made of a version, and what it said, is in other people's hands: it stays as it was.
# Who approved it or gave it back is said afterwards. A file can be made anew, so it can be removed.
REFUSE = """
CREATE FUNCTION projects_product_is_kept() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% % is kept as it was', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'check_violation',
        CONSTRAINT = TG_TABLE_NAME || '_is_kept';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER projects_productversion_is_kept
    BEFORE UPDATE ON projects_productversion
    FOR EACH ROW WHEN (
        OLD.content IS DISTINCT FROM NEW.content
        OR OLD.number IS DISTINCT FROM NEW.number
        OR OLD.change IS DISTINCT FROM NEW.change
        OR OLD.approved_at IS NOT NULL AND OLD.approved_at IS DISTINCT FROM NEW.approved_at
    )
    EXECUTE FUNCTION projects_product_is_kept();
CREATE TRIGGER projects_productfile_ready_is_kept
    BEFORE UPDATE ON projects_productfile
    FOR EACH ROW WHEN (OLD.status = 'ready')
    EXECUTE FUNCTION projects_product_is_kept();
"""

ALLOW = """
DROP TRIGGER projects_productfile_ready_is_kept ON projects_productfile;
DROP TRIGGER projects_productversion_is_kept ON projects_productversion;
DROP FUNCTION projects_product_is_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0009_board_agendas_and_minutes'),
    ]

    operations = [
        migrations.AddField(
            model_name='productattachment',
            name='replaces',
            field=models.BooleanField(default=False, help_text='Da trenger dere ikke skrive dokumentet her.', verbose_name='erstatter dokumentet'),
        ),
        migrations.AddField(
            model_name='productversion',
            name='return_reason',
            field=models.CharField(blank=True, max_length=1000, verbose_name='hvorfor den ble gitt tilbake'),
        ),
        migrations.AddField(
            model_name='sectiontext',
            name='is_drafted',
            field=models.BooleanField(default=False, editable=False, verbose_name='utkast fra tallene, ikke lest av noen'),
        ),
        migrations.AlterField(
            model_name='templatesection',
            name='data',
            field=models.CharField(blank=True, choices=[('', 'Bare tekst'), ('decision', 'Vedtaket og vilkårene'), ('organisation', 'Roller'), ('stakeholders', 'Interessenter og kommunikasjon'), ('benefits', 'Gevinster'), ('milestones', 'Milepæler'), ('phases', 'Fasene og beslutningspunktene'), ('budget', 'Penger per år og kilde'), ('threats', 'Trusler'), ('opportunities', 'Muligheter'), ('uncertainty', 'Trusler og muligheter'), ('tolerances', 'Toleranser'), ('involvement', 'Brukerinvolvering'), ('lessons', 'Erfaringer'), ('changes', 'Endringsanmodninger'), ('systems', 'Systemer og integrasjoner'), ('checklist', 'Sjekklisten'), ('status', 'Statusrapportene')], default='', max_length=14, verbose_name='data'),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
