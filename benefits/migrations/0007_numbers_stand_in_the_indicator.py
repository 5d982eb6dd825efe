import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The benefit no longer keeps what its indicator now does."""

    dependencies = [("benefits", "0006_an_indicator_for_each_benefit")]

    operations = [
        migrations.AlterField(
            model_name='benefit',
            name='number',
            field=models.PositiveSmallIntegerField(editable=False, help_text='Sammen med bokstaven er det ID-en i gevinstrealiseringsplanen.', verbose_name='nummer i prosjektet'),
        ),
        migrations.AlterField(
            model_name='measurement',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='benefits.indicator', verbose_name='måleindikator'),
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='benefits_benefit_target_is_after_baseline',
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='benefits_benefit_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='benefits_benefit_latest_has_value_and_day',
        ),
        migrations.RemoveIndex(
            model_name='benefit',
            name='benefits_benefit_due',
        ),
        migrations.RemoveIndex(
            model_name='benefit',
            name='benefits_benefit_by_state',
        ),
        migrations.RemoveIndex(
            model_name='benefit',
            name='benefits_benefit_newest',
        ),
        migrations.RemoveIndex(
            model_name='measurement',
            name='benefits_latest',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='baseline',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='baseline_on',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='latest_on',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='latest_value',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='method',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='next_measurement_on',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='state',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='target',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='target_on',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='unit',
        ),
        migrations.RemoveField(
            model_name='measurement',
            name='benefit',
        ),
        migrations.AddIndex(
            model_name='measurement',
            index=models.Index(fields=['indicator', '-measured_on', '-id'], name='benefits_latest'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.UniqueConstraint(fields=('project', 'number'), name='benefits_benefit_number_once'),
        ),
    ]
