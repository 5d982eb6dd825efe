import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("prioritization", "0010_answers_can_be_given_back")]

    operations = [
        migrations.AddField(
            model_name="consensusmeeting",
            name="shown_question",
            field=models.ForeignKey(
                blank=True,
                help_text="Tomt når skjermen viser alle spørsmålene om ideen.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="prioritization.question",
                verbose_name="spørsmål på skjermen",
            ),
        ),
    ]
