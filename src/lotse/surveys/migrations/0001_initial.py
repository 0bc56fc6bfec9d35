import django.db.models.deletion
import django.utils.timezone
import lotse.core.ids
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.site', verbose_name='Beratungsstelle')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='Programm')),
                ('survey_key', models.CharField(max_length=40, verbose_name='Fragebogen')),
                ('survey_version', models.CharField(max_length=20, verbose_name='Fassung')),
                ('moment', models.CharField(choices=[('single', 'einmal'), ('before', 'vorher'), ('after', 'nachher')], default='single', max_length=6, verbose_name='Zeitpunkt')),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='surveys.surveyround', verbose_name='folgt auf')),
                ('opens_on', models.DateField(verbose_name='von')),
                ('closes_on', models.DateField(verbose_name='bis')),
                ('codes_drawn', models.PositiveIntegerField(default=0, verbose_name='gedruckte Codes')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='beendet am')),
            ],
            options={
                'verbose_name': 'Umfrage',
                'verbose_name_plural': 'Umfragen',
                'ordering': ['-opens_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='survey_round_ends_after_it_begins', violation_error_message='Das Ende liegt vor dem Beginn.'), models.CheckConstraint(condition=models.Q(models.Q(('follows__isnull', False), ('moment', 'after')), models.Q(models.Q(('moment', 'after'), _negated=True), ('follows', None)), _connector='OR'), name='survey_round_after_follows_before', violation_error_message='Zu „nachher“ gehört eine Umfrage „vorher“.'), models.CheckConstraint(condition=models.Q(('codes_drawn__lte', 500)), name='survey_round_codes_within_limit', violation_error_message='Mehr als 500 Codes gibt es für eine Umfrage nicht.')],
            },
        ),
        migrations.CreateModel(
            name='SurveyCode',
            fields=[
                ('digest', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='Prüfsumme')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='surveys.surveyround', verbose_name='Umfrage')),
            ],
            options={
                'verbose_name': 'Umfragecode',
                'verbose_name_plural': 'Umfragecodes',
            },
        ),
        migrations.CreateModel(
            name='SurveyTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='surveys.surveyround', verbose_name='Umfrage')),
                ('question', models.CharField(max_length=40, verbose_name='Frage')),
                ('before', models.CharField(blank=True, default='-', max_length=20, verbose_name='vorher')),
                ('value', models.CharField(blank=True, max_length=20, verbose_name='Antwort')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='Anzahl')),
            ],
            options={
                'verbose_name': 'Auszählung',
                'verbose_name_plural': 'Auszählungen',
                'constraints': [models.UniqueConstraint(fields=('round', 'question', 'before', 'value'), name='survey_tally_once')],
            },
        ),
        migrations.CreateModel(
            name='SurveyKeyword',
            fields=[
                ('digest', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='Prüfsumme')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keywords', to='surveys.surveyround', verbose_name='Umfrage')),
                ('sealed', models.BinaryField(verbose_name='versiegelte Antworten')),
            ],
            options={
                'verbose_name': 'Merkwort',
                'verbose_name_plural': 'Merkwörter',
            },
        ),
    ]
