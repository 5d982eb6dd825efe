import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0003_origins_outcomes_and_what_is_said'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='idea',
            name='line_person',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='line_ideas', to=settings.AUTH_USER_MODEL, verbose_name='den som gjør det i linja'),
        ),
        migrations.AddField(
            model_name='idea',
            name='line_unit',
            field=models.CharField(blank=True, editable=False, max_length=120, verbose_name='enheten som gjør det i linja'),
        ),
        migrations.AddConstraint(
            model_name='idea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'line'), _negated=True), models.Q(('line_unit', ''), _negated=True), _connector='OR'), name='ideas_idea_line_has_a_unit'),
        ),
    ]
