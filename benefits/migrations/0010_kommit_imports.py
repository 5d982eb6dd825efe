import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0009_a_benefit_goes_with_its_indicators'),
        ('projects', '0017_projects_by_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KommitImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='filnavn')),
                ('digest', models.CharField(help_text='Av innholdet, ikke av fila slik den ble lagret.', max_length=64, verbose_name='avtrykk')),
                ('benefits', models.PositiveSmallIntegerField(verbose_name='antall gevinster')),
                ('at', models.DateTimeField(verbose_name='hentet')),
                ('made', models.JSONField(default=list, verbose_name='rader som kom til')),
                ('changed', models.JSONField(default=list, verbose_name='rader som ble endret, slik de var')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='angret')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hentet av')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kommit_imports', to='projects.project', verbose_name='prosjekt')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angret av')),
            ],
            options={
                'verbose_name': 'henting fra KommIT',
                'verbose_name_plural': 'hentinger fra KommIT',
                'ordering': ['project', '-at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('project', 'digest'), name='benefits_kommitimport_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='benefits_kommitimport_undone_by_somebody')],
            },
        ),
    ]
