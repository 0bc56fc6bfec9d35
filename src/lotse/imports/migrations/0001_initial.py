import django.db.models.deletion
import django.utils.timezone
import lotse.core.crypto
import lotse.core.ids
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('kind', models.CharField(max_length=20, verbose_name='was')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='hochgeladen von')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Datei')),
                ('state', models.CharField(choices=[('uploaded', 'Spalten zuordnen'), ('checking', 'wird geprüft'), ('checked', 'geprüft'), ('writing', 'wird übernommen'), ('done', 'übernommen'), ('undone', 'zurückgenommen'), ('failed', 'nicht lesbar'), ('discarded', 'verworfen')], default='uploaded', max_length=10, verbose_name='Stand')),
                ('mapping', models.JSONField(blank=True, default=dict, verbose_name='Spalten')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='Zeilen je Art')),
                ('takes_duplicates', models.BooleanField(default=False, verbose_name='auch mögliche Dubletten')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='bearbeitete Zeilen')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='Zeilen')),
                ('beat_at', models.DateTimeField(blank=True, null=True, verbose_name='zuletzt gearbeitet')),
                ('failure', models.CharField(blank=True, max_length=300, verbose_name='warum nicht')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='übernommen am')),
            ],
            options={
                'verbose_name': 'Übernahme',
                'verbose_name_plural': 'Übernahmen',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['started_by', 'kind', '-id'], name='import_of_person'), models.Index(condition=models.Q(('state__in', ('checking', 'writing'))), fields=['state', 'beat_at'], name='import_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ('done', 'undone'))), models.Q(models.Q(('state__in', ('done', 'undone')), _negated=True), ('finished_at', None)), _connector='OR'), name='import_finished_has_time', violation_error_message='Eine abgeschlossene Übernahme hat einen Zeitpunkt, jede andere keinen.'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='import_done_within_total', violation_error_message='Mehr Zeilen bearbeitet, als die Tabelle hat.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='import_failed_says_why', violation_error_message='Eine gescheiterte Übernahme sagt, warum.')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=16, unique=True)),
                ('organisation_id', models.BigIntegerField(verbose_name='Träger')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.import', verbose_name='Übernahme')),
                ('line', models.PositiveIntegerField(verbose_name='Zeile')),
                ('category', models.CharField(choices=[('error', 'Fehler'), ('duplicate', 'Dublette'), ('warning', 'Hinweis'), ('new', 'neu'), ('unchanged', 'unverändert')], max_length=10, verbose_name='Art')),
                ('content', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Meldungen')),
                ('object_ref', models.CharField(blank=True, max_length=16, verbose_name='Kennung')),
            ],
            options={
                'verbose_name': 'Zeile einer Übernahme',
                'verbose_name_plural': 'Zeilen einer Übernahme',
                'ordering': ['line'],
                'indexes': [models.Index(fields=['of', 'category', 'line'], name='import_row_by_category')],
                'constraints': [models.UniqueConstraint(fields=('of', 'line'), name='import_row_once')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('kind', models.CharField(max_length=20, verbose_name='was')),
                ('headings', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Überschriften')),
            ],
            options={
                'verbose_name': 'gemerkte Spalten',
                'verbose_name_plural': 'gemerkte Spalten',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='column_memory_once')],
            },
        ),
    ]
