
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0005_search'),
        ('projects', '0002_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IdeaInProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='tidspunkt')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_in', to='ideas.idea', verbose_name='idé')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_in', to='projects.project', verbose_name='prosjekt')),
            ],
            options={
                'verbose_name': 'idé i et prosjekt',
                'verbose_name_plural': 'ideer i prosjekter',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('idea',), name='projects_ideainproject_idea_is_in_one')],
            },
        ),
    ]
