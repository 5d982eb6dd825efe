import django.core.validators
import django.db.models.deletion
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0004_responsibility_declined'),
        ('municipality', '0002_roles'),
        ('projects', '0017_projects_by_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BenefitChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('edited', 'Endret'), ('moved', 'Flyttet med prosjektet'), ('added', 'Kom til etter BP3'), ('imported', 'Hentet fra regneark')], max_length=8, verbose_name='hva slags endring')),
                ('at', models.DateTimeField(verbose_name='tidspunkt')),
                ('reason', models.CharField(max_length=500, verbose_name='hvorfor')),
                ('days', models.IntegerField(blank=True, null=True, verbose_name='dager flyttet')),
                ('before', models.JSONField(default=dict, verbose_name='før')),
                ('after', models.JSONField(default=dict, verbose_name='etter')),
            ],
            options={
                'verbose_name': 'endring av en gevinst',
                'verbose_name_plural': 'endringer av gevinster',
                'ordering': ['benefit', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BenefitYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('promised', models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=14, null=True, verbose_name='lovet ved BP3')),
                ('plan', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='plan')),
                ('moved', models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=14, null=True, verbose_name='plan, flyttet med prosjektet')),
                ('forecast', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='prognose')),
                ('actual', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='oppnådd')),
                ('evidence', models.CharField(blank=True, choices=[('measured', 'Målt'), ('estimated', 'Anslått'), ('judged', 'Skjønn')], max_length=9, verbose_name='hvor sikkert det oppnådde er')),
                ('taken_out', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='tatt ut i budsjettet')),
            ],
            options={
                'verbose_name': 'gevinst i ett år',
                'verbose_name_plural': 'gevinster per år',
                'ordering': ['benefit', 'year'],
            },
        ),
        migrations.CreateModel(
            name='Calculation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='endret')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='versjon')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='sist endret')),
                ('first_year', models.PositiveSmallIntegerField(help_text='Året investeringen tas. Det diskonteres ikke.', verbose_name='første år')),
                ('horizon', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)], verbose_name='år som regnes med')),
                ('rate', models.DecimalField(decimal_places=2, default=Decimal('4.0'), max_digits=4, verbose_name='rente, prosent')),
                ('investment', models.DecimalField(decimal_places=0, default=0, max_digits=12, verbose_name='investering (kr)')),
                ('low_share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lavt anslag, prosent')),
                ('high_share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='høyt anslag, prosent')),
            ],
            options={
                'verbose_name': 'lønnsomhetsberegning',
                'verbose_name_plural': 'lønnsomhetsberegninger',
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='endret')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='versjon')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='sist endret')),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='innsendingsnøkkel')),
                ('name', models.CharField(help_text='Slik: Familier som ikke møter til timen', max_length=160, verbose_name='måleindikator')),
                ('unit', models.CharField(help_text='Slik: %, timer, kroner', max_length=30, verbose_name='måleenhet')),
                ('method', models.CharField(blank=True, max_length=200, verbose_name='slik måles det')),
                ('source', models.CharField(blank=True, help_text='Hvor tallet hentes fra.', max_length=160, verbose_name='datakilde')),
                ('direction', models.CharField(choices=[('down', 'Tallet skal ned'), ('up', 'Tallet skal opp'), ('hold', 'Tallet skal holdes')], default='down', max_length=4, verbose_name='retning')),
                ('allows_negative', models.BooleanField(default=False, verbose_name='tallet kan være under null')),
                ('baseline', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='nullpunkt')),
                ('baseline_on', models.DateField(verbose_name='nullpunktet er målt')),
                ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='måltall')),
                ('target_on', models.DateField(verbose_name='måltallet skal nås')),
                ('promised_target', models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=14, null=True, verbose_name='måltall ved BP3')),
                ('promised_target_on', models.DateField(blank=True, editable=False, null=True, verbose_name='dato ved BP3')),
                ('next_measurement_on', models.DateField(blank=True, null=True, verbose_name='neste måling')),
                ('retired_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='tatt ut av bruk')),
                ('latest_value', models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=14, null=True, verbose_name='siste måling')),
                ('latest_on', models.DateField(blank=True, editable=False, null=True, verbose_name='sist målt')),
                ('latest_evidence', models.CharField(blank=True, choices=[('measured', 'Målt'), ('estimated', 'Anslått'), ('judged', 'Skjønn')], editable=False, max_length=9, verbose_name='hvor sikkert tallet er')),
                ('state', models.CharField(choices=[('not_measured', 'Ikke målt ennå'), ('behind', 'Bak plan'), ('on_track', 'I rute'), ('ahead', 'Foran plan'), ('undefined', 'Framgang ikke definert')], default='not_measured', editable=False, max_length=12, verbose_name='sett mot planen')),
            ],
            options={
                'verbose_name': 'måleindikator',
                'verbose_name_plural': 'måleindikatorer',
                'ordering': ['benefit', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MapLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'strek i gevinstkartet',
                'verbose_name_plural': 'streker i gevinstkart',
                'ordering': ['source', 'target'],
            },
        ),
        migrations.CreateModel(
            name='MapNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='versjon')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='sist endret')),
                ('submission_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='innsending')),
                ('column', models.CharField(choices=[('enabler', 'IT-muliggjørere og forutsetninger'), ('enabling', 'Muliggjørende endringer'), ('business', 'Virksomhetsendringer'), ('interim', 'Foreløpige gevinster'), ('benefit', 'Gevinster'), ('goal', 'Mål')], max_length=8, verbose_name='kolonne')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('text', models.CharField(blank=True, max_length=160, verbose_name='tekst')),
            ],
            options={
                'verbose_name': 'boks i gevinstkartet',
                'verbose_name_plural': 'bokser i gevinstkart',
                'ordering': ['project', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasurementFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='filnavn')),
                ('kind', models.CharField(choices=[('image/jpeg', 'bilde (JPEG)'), ('image/png', 'bilde (PNG)'), ('image/webp', 'bilde (WebP)'), ('application/pdf', 'PDF')], max_length=20, verbose_name='type')),
                ('size', models.PositiveIntegerField(verbose_name='byte')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='innhold')),
                ('virus_check', models.CharField(choices=[('not_used', 'Ingen virussjekk'), ('waiting', 'Ikke sjekket for virus ennå'), ('clean', 'Sjekket for virus'), ('infected', 'Stoppet av virussjekken')], default='not_used', max_length=10, verbose_name='virussjekk')),
                ('added_at', models.DateTimeField(verbose_name='lagt ved')),
            ],
            options={
                'verbose_name': 'vedlegg til måling',
                'verbose_name_plural': 'vedlegg til målinger',
                'ordering': ['measurement', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasuringRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='endret')),
                ('due_on', models.DateField(verbose_name='skal måles')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='engangsnøkkel')),
                ('expires_on', models.DateField(verbose_name='lenken virker til')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='besvart')),
                ('skipped_at', models.DateTimeField(blank=True, null=True, verbose_name='hoppet over')),
                ('skip_reason', models.CharField(blank=True, max_length=250, verbose_name='hvorfor det ikke ble målt')),
                ('revoked_at', models.DateTimeField(blank=True, help_text='En annen er spurt i stedet.', null=True, verbose_name='trukket tilbake')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='spurt')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='minnet tre dager før')),
                ('reminded_on_day_at', models.DateTimeField(blank=True, null=True, verbose_name='minnet på dagen')),
                ('escalated_at', models.DateTimeField(blank=True, null=True, verbose_name='sagt til sektorlederen')),
            ],
            options={
                'verbose_name': 'spørsmål om måling',
                'verbose_name_plural': 'spørsmål om målinger',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OperatingCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('amount', models.DecimalField(decimal_places=0, max_digits=12, verbose_name='driftskostnad (kr)')),
            ],
            options={
                'verbose_name': 'driftskostnad',
                'verbose_name_plural': 'driftskostnader',
                'ordering': ['calculation', 'year'],
            },
        ),
        migrations.CreateModel(
            name='PlanFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='endret')),
                ('status', models.CharField(choices=[('queued', 'I kø'), ('making', 'Lages'), ('ready', 'Ferdig'), ('failed', 'Mislyktes')], default='queued', max_length=8, verbose_name='status')),
                ('snapshot', models.JSONField(default=dict, verbose_name='alt filen er laget av')),
                ('step', models.PositiveSmallIntegerField(default=0, verbose_name='steg ferdig av 4')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='forsøk')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='begynt')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='ferdig')),
                ('error', models.TextField(blank=True, verbose_name='feil')),
                ('content', models.BinaryField(blank=True, null=True, verbose_name='PDF')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='byte')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('kind', models.CharField(choices=[('plan', 'Gevinstrealiseringsplan'), ('map', 'Gevinstkart')], max_length=4, verbose_name='hva')),
                ('word', models.BinaryField(blank=True, null=True, verbose_name='Word')),
                ('word_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 for Word')),
            ],
            options={
                'verbose_name': 'fil med gevinstplan',
                'verbose_name_plural': 'filer med gevinstplaner',
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PortfolioFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='endret')),
                ('status', models.CharField(choices=[('queued', 'I kø'), ('making', 'Lages'), ('ready', 'Ferdig'), ('failed', 'Mislyktes')], default='queued', max_length=8, verbose_name='status')),
                ('snapshot', models.JSONField(default=dict, verbose_name='alt filen er laget av')),
                ('step', models.PositiveSmallIntegerField(default=0, verbose_name='steg ferdig av 4')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='forsøk')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='begynt')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='ferdig')),
                ('error', models.TextField(blank=True, verbose_name='feil')),
                ('content', models.BinaryField(blank=True, null=True, verbose_name='PDF')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='byte')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
            ],
            options={
                'verbose_name': 'gevinstoversikt',
                'verbose_name_plural': 'gevinstoversikter',
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RealisationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='versjon')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='sist endret')),
                ('submission_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='innsending')),
                ('text', models.CharField(max_length=250, verbose_name='tiltak')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='frist')),
                ('risk_profile', models.CharField(choices=[('low', 'Lav'), ('moderate', 'Moderat'), ('high', 'Høy')], default='low', max_length=8, verbose_name='risikoprofil')),
                ('status', models.CharField(choices=[('planned', 'Ikke startet'), ('started', 'Under arbeid'), ('done', 'Ferdig'), ('late', 'Forsinket')], default='planned', max_length=8, verbose_name='status')),
            ],
            options={
                'verbose_name': 'tiltak',
                'verbose_name_plural': 'tiltak',
                'ordering': ['project', 'due_on', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='measurement',
            options={'ordering': ['indicator', 'measured_on', 'pk'], 'verbose_name': 'måling', 'verbose_name_plural': 'målinger'},
        ),
        migrations.AddField(
            model_name='benefit',
            name='assumptions',
            field=models.TextField(blank=True, max_length=1000, verbose_name='forutsetninger'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='follows_project',
            field=models.BooleanField(default=True, help_text='Blir prosjektet forsinket, flyttes datoene like langt.', verbose_name='datoene følger prosjektet'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='frozen_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='planen er låst'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='municipality.strategygoal', verbose_name='styringsmål'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='high_share',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='høyt anslag, prosent av planen'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='importance',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 – svært liten'), (2, '2 – liten'), (3, '3 – moderat'), (4, '4 – stor'), (5, '5 – svært stor')], help_text='For gevinster uten pris.', null=True, verbose_name='betydning'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='importance_reason',
            field=models.CharField(blank=True, max_length=250, verbose_name='hvorfor den er så viktig'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='is_disbenefit',
            field=models.BooleanField(default=False, help_text='En virkning noen er dårligere tjent med.', verbose_name='ulempe'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='kind',
            field=models.CharField(choices=[('direct', 'Økonomisk – direkte'), ('time', 'Frigjort tid'), ('avoided', 'Unngått kostnad'), ('quality', 'Kvalitet')], default='quality', max_length=8, verbose_name='type'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='kroner_per_person_year',
            field=models.DecimalField(blank=True, decimal_places=0, help_text='Bare for frigjort tid som tas ut som budsjettreduksjon.', max_digits=12, null=True, verbose_name='kroner per årsverk'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='low_share',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lavt anslag, prosent av planen'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='moved_days',
            field=models.IntegerField(default=0, editable=False, verbose_name='flyttet med prosjektet, dager'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='number',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='Sammen med bokstaven er det ID-en i gevinstrealiseringsplanen.', verbose_name='nummer i prosjektet'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='product',
            field=models.CharField(blank=True, max_length=160, verbose_name='produktet gevinsten kommer av'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='promised_from',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='begynner, slik det var ved BP3'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='realised_from',
            field=models.DateField(blank=True, null=True, verbose_name='gevinsten begynner'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='receiver',
            field=models.CharField(choices=[('own', 'Egen virksomhet'), ('public', 'Andre offentlige virksomheter'), ('citizens', 'Innbyggere'), ('business', 'Næringsliv')], default='own', max_length=8, verbose_name='mottaker'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='use',
            field=models.CharField(choices=[('budget', 'Budsjettreduksjon'), ('quality', 'Kvalitetsforbedring'), ('service', 'Tjenesteutvikling'), ('competence', 'Kompetansebygging'), ('other', 'Annet')], default='other', max_length=10, verbose_name='uttak'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='use_described',
            field=models.CharField(blank=True, help_text='Slik: Mer tid hos hver bruker', max_length=250, verbose_name='slik tas gevinsten ut'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='evidence',
            field=models.CharField(choices=[('measured', 'Målt'), ('estimated', 'Anslått'), ('judged', 'Skjønn')], default='measured', max_length=9, verbose_name='hvor sikkert tallet er'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='trukket'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='trukket av'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='withdrawn_reason',
            field=models.CharField(blank=True, editable=False, max_length=250, verbose_name='hvorfor'),
        ),
        migrations.AlterField(
            model_name='benefit',
            name='name',
            field=models.CharField(help_text='Slik: Mindre kjøring etter nøkler', max_length=160, verbose_name='gevinst'),
        ),
        migrations.AddField(
            model_name='benefitchange',
            name='benefit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='benefits.benefit', verbose_name='gevinst'),
        ),
        migrations.AddField(
            model_name='benefitchange',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='benefitchange',
            name='change_request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefit_changes', to='projects.changerequest', verbose_name='endringsanmodning'),
        ),
        migrations.AddField(
            model_name='benefityear',
            name='benefit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='benefits.benefit', verbose_name='gevinst'),
        ),
        migrations.AddField(
            model_name='calculation',
            name='edited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sist endret av'),
        ),
        migrations.AddField(
            model_name='calculation',
            name='project',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calculation', to='projects.project', verbose_name='prosjekt'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='benefit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='benefits.benefit', verbose_name='gevinst'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='edited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sist endret av'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='main',
            field=models.OneToOneField(blank=True, editable=False, help_text='Den som svarer for gevinsten der det bare er plass til ett tall.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.indicator', verbose_name='hovedindikator'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='indicator',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='benefits.indicator', verbose_name='måleindikator'),
        ),
        migrations.AddIndex(
            model_name='benefit',
            index=models.Index(fields=['kind'], name='benefits_benefit_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['direct', 'time', 'avoided', 'quality'])), name='benefits_benefit_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('receiver__in', ['own', 'public', 'citizens', 'business'])), name='benefits_benefit_receiver_is_known'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('use__in', ['budget', 'quality', 'service', 'competence', 'other'])), name='benefits_benefit_use_is_known'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('importance', None), ('importance__range', (1, 5)), _connector='OR'), name='benefits_benefit_importance_is_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high_share', None), ('low_share', None)), models.Q(('high_share__gte', 100), ('high_share__lte', 1000), ('low_share__lte', 100)), _connector='OR'), name='benefits_benefit_estimates_are_around_the_plan', violation_error_message='Det lave anslaget er høyst 100 prosent av planen, og det høye minst 100.'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('kroner_per_person_year', None), ('kroner_per_person_year__gte', 0), _connector='OR'), name='benefits_benefit_person_year_costs_something'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('evidence__in', ['measured', 'estimated', 'judged'])), name='benefits_measurement_evidence_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='benefits_measurement_withdrawn_has_why'),
        ),
        migrations.AddField(
            model_name='mapnode',
            name='benefit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='map_nodes', to='benefits.benefit', verbose_name='gevinst'),
        ),
        migrations.AddField(
            model_name='mapnode',
            name='edited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sist endret av'),
        ),
        migrations.AddField(
            model_name='mapnode',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipality.strategygoal', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='mapnode',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='map_nodes', to='projects.project', verbose_name='prosjekt'),
        ),
        migrations.AddField(
            model_name='maplink',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='benefits.mapnode', verbose_name='fra'),
        ),
        migrations.AddField(
            model_name='maplink',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='benefits.mapnode', verbose_name='til'),
        ),
        migrations.AddField(
            model_name='measurementfile',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='measurementfile',
            name='measurement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='benefits.measurement', verbose_name='måling'),
        ),
        migrations.AddField(
            model_name='measuringrequest',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='benefits.indicator', verbose_name='måleindikator'),
        ),
        migrations.AddField(
            model_name='measuringrequest',
            name='measurement',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='request', to='benefits.measurement', verbose_name='måling'),
        ),
        migrations.AddField(
            model_name='measuringrequest',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measuring_requests', to=settings.AUTH_USER_MODEL, verbose_name='spurt'),
        ),
        migrations.AddField(
            model_name='operatingcost',
            name='calculation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='operating_costs', to='benefits.calculation', verbose_name='lønnsomhetsberegning'),
        ),
        migrations.AddField(
            model_name='planfile',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_files', to='projects.project', verbose_name='prosjekt'),
        ),
        migrations.AddField(
            model_name='planfile',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bestilt av'),
        ),
        migrations.AddField(
            model_name='portfoliofile',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bestilt av'),
        ),
        migrations.AddField(
            model_name='realisationaction',
            name='benefit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='realisation_actions', to='benefits.benefit', verbose_name='gevinst'),
        ),
        migrations.AddField(
            model_name='realisationaction',
            name='edited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sist endret av'),
        ),
        migrations.AddField(
            model_name='realisationaction',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='realisation_actions', to='projects.project', verbose_name='prosjekt'),
        ),
        migrations.AddField(
            model_name='realisationaction',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='realisation_actions', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig'),
        ),
        migrations.AddConstraint(
            model_name='benefitchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['edited', 'moved', 'added', 'imported'])), name='benefits_benefitchange_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='benefitchange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='benefits_benefitchange_has_why'),
        ),
        migrations.AddConstraint(
            model_name='benefityear',
            constraint=models.UniqueConstraint(fields=('benefit', 'year'), name='benefits_benefityear_once'),
        ),
        migrations.AddConstraint(
            model_name='benefityear',
            constraint=models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='benefits_benefityear_year_is_ours'),
        ),
        migrations.AddConstraint(
            model_name='benefityear',
            constraint=models.CheckConstraint(condition=models.Q(('plan', None), ('plan__gte', 0), _connector='OR'), name='benefits_benefityear_plan_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='benefityear',
            constraint=models.CheckConstraint(condition=models.Q(('forecast', None), ('forecast__gte', 0), _connector='OR'), name='benefits_benefityear_forecast_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='benefityear',
            constraint=models.CheckConstraint(condition=models.Q(('taken_out', None), ('taken_out__gte', 0), _connector='OR'), name='benefits_benefityear_taken_out_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='benefityear',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actual', None), ('evidence', '')), models.Q(('actual__isnull', False), ('evidence__in', ['measured', 'estimated', 'judged'])), _connector='OR'), name='benefits_benefityear_actual_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='calculation',
            constraint=models.CheckConstraint(condition=models.Q(('horizon__range', (1, 40))), name='benefits_calculation_horizon_is_1_to_40'),
        ),
        migrations.AddConstraint(
            model_name='calculation',
            constraint=models.CheckConstraint(condition=models.Q(('rate__range', (0, 30))), name='benefits_calculation_rate_is_0_to_30', violation_error_message='Renten må være fra 0 til 30 prosent.'),
        ),
        migrations.AddConstraint(
            model_name='calculation',
            constraint=models.CheckConstraint(condition=models.Q(('investment__gte', 0)), name='benefits_calculation_investment_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='calculation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high_share', None), ('low_share', None)), models.Q(('high_share__gte', 100), ('high_share__lte', 1000), ('low_share__lte', 100)), _connector='OR'), name='benefits_calculation_estimates_are_around_the_likely', violation_error_message='Det lave anslaget er høyst 100 prosent, og det høye minst 100.'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['next_measurement_on'], name='benefits_indicator_due'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['state'], name='benefits_indicator_by_state'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['-latest_on', '-id'], name='benefits_indicator_newest'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('target_on__gte', models.F('baseline_on'))), name='benefits_indicator_target_is_after_baseline', violation_error_message='Måltallet må nås etter at nullpunktet er målt.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['not_measured', 'behind', 'on_track', 'ahead', 'undefined'])), name='benefits_indicator_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['down', 'up', 'hold'])), name='benefits_indicator_direction_is_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latest_evidence', ''), ('latest_on', None), ('latest_value', None)), models.Q(('latest_evidence__in', ['measured', 'estimated', 'judged']), ('latest_on__isnull', False), ('latest_value__isnull', False)), _connector='OR'), name='benefits_indicator_latest_has_value_and_day'),
        ),
        migrations.AddConstraint(
            model_name='mapnode',
            constraint=models.CheckConstraint(condition=models.Q(('column__in', ['enabler', 'enabling', 'business', 'interim', 'benefit', 'goal'])), name='benefits_mapnode_column_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mapnode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('benefit__isnull', False), ('goal__isnull', False), _connector='OR'), name='benefits_mapnode_says_something'),
        ),
        migrations.AddConstraint(
            model_name='mapnode',
            constraint=models.UniqueConstraint(condition=models.Q(('benefit__isnull', False)), fields=('project', 'benefit'), name='benefits_mapnode_benefit_once'),
        ),
        migrations.AddConstraint(
            model_name='mapnode',
            constraint=models.UniqueConstraint(condition=models.Q(('goal__isnull', False)), fields=('project', 'goal'), name='benefits_mapnode_goal_once'),
        ),
        migrations.AddConstraint(
            model_name='maplink',
            constraint=models.UniqueConstraint(fields=('source', 'target'), name='benefits_maplink_once'),
        ),
        migrations.AddConstraint(
            model_name='maplink',
            constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='benefits_maplink_is_between_two'),
        ),
        migrations.AddConstraint(
            model_name='measurementfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'])), name='benefits_measurementfile_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurementfile',
            constraint=models.CheckConstraint(condition=models.Q(('virus_check__in', ['not_used', 'waiting', 'clean', 'infected'])), name='benefits_measurementfile_virus_check_is_known'),
        ),
        migrations.AddIndex(
            model_name='measuringrequest',
            index=models.Index(fields=['due_on'], name='benefits_request_due'),
        ),
        migrations.AddConstraint(
            model_name='measuringrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('indicator', 'due_on'), name='benefits_measuringrequest_one_is_asked'),
        ),
        migrations.AddConstraint(
            model_name='measuringrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('skip_reason', ''), ('skipped_at', None)), models.Q(('skipped_at__isnull', False), models.Q(('skip_reason', ''), _negated=True)), _connector='OR'), name='benefits_measuringrequest_skipped_has_why'),
        ),
        migrations.AddConstraint(
            model_name='measuringrequest',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), ('skipped_at', None), _connector='OR'), name='benefits_measuringrequest_answered_one_way'),
        ),
        migrations.AddConstraint(
            model_name='operatingcost',
            constraint=models.UniqueConstraint(fields=('calculation', 'year'), name='benefits_operatingcost_once'),
        ),
        migrations.AddConstraint(
            model_name='planfile',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'making', 'ready', 'failed'])), name='benefits_planfile_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='planfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('content__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='benefits_planfile_ready_has_content'),
        ),
        migrations.AddConstraint(
            model_name='portfoliofile',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'making', 'ready', 'failed'])), name='benefits_portfoliofile_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='portfoliofile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('content__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='benefits_portfoliofile_ready_has_content'),
        ),
        migrations.AddConstraint(
            model_name='realisationaction',
            constraint=models.CheckConstraint(condition=models.Q(('risk_profile__in', ['low', 'moderate', 'high'])), name='benefits_realisationaction_risk_is_known'),
        ),
        migrations.AddConstraint(
            model_name='realisationaction',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'started', 'done', 'late'])), name='benefits_realisationaction_status_is_known'),
        ),
    ]
