import django.utils.timezone
import lotse.auditlog.trace
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wann')),
                ('organisation_id', models.BigIntegerField(blank=True, null=True, verbose_name='Organisation')),
                ('actor_ref', models.CharField(blank=True, max_length=16, verbose_name='wer (Kennung)')),
                ('actor_label', models.CharField(max_length=160, verbose_name='wer')),
                ('key', models.CharField(max_length=60, verbose_name='was')),
                ('is_read', models.BooleanField(default=False, verbose_name='gelesen')),
                ('object_type', models.CharField(blank=True, max_length=40, verbose_name='woran')),
                ('object_ref', models.CharField(blank=True, max_length=64, verbose_name='Kennung')),
                ('file_ref', models.CharField(blank=True, max_length=64, verbose_name='Akte')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='Felder')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='Einzelheiten')),
                ('request_id', models.CharField(blank=True, default=lotse.auditlog.trace.current_request_id, max_length=16, verbose_name='Anfrage')),
                ('seal_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Siegel')),
            ],
            options={
                'verbose_name': 'Protokolleintrag',
                'verbose_name_plural': 'Protokolleinträge',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['file_ref', '-id'], name='event_file'), models.Index(fields=['object_ref', '-id'], name='event_object'), models.Index(fields=['organisation_id', 'id'], name='event_organisation'), models.Index(fields=['seal_id', 'id'], name='event_seal')],
            },
        ),
        migrations.CreateModel(
            name='ExpiredSegment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.BigIntegerField(verbose_name='Kette')),
                ('segment', models.CharField(max_length=7, verbose_name='Monat')),
                ('first_number', models.PositiveIntegerField(verbose_name='erstes Siegel')),
                ('last_number', models.PositiveIntegerField(verbose_name='letztes Siegel')),
                ('count', models.PositiveIntegerField(verbose_name='Einträge')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='Prüfsumme davor')),
                ('digest', models.CharField(max_length=64, verbose_name='Prüfsumme danach')),
                ('expired_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='entfernt am')),
            ],
            options={
                'verbose_name': 'entfernter Protokollmonat',
                'verbose_name_plural': 'entfernte Protokollmonate',
                'ordering': ['chain', 'first_number'],
                'constraints': [models.UniqueConstraint(fields=('chain', 'segment'), name='expired_segment_once')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.BigIntegerField(verbose_name='Kette')),
                ('number', models.PositiveIntegerField(verbose_name='Nummer')),
                ('segment', models.CharField(max_length=7, verbose_name='Monat')),
                ('first_event_id', models.BigIntegerField(verbose_name='erster Eintrag')),
                ('last_event_id', models.BigIntegerField(verbose_name='letzter Eintrag')),
                ('count', models.PositiveIntegerField(verbose_name='Einträge')),
                ('marks', models.JSONField(default=dict, verbose_name='Kurzsummen je Eintrag')),
                ('content', models.CharField(max_length=64, verbose_name='Prüfsumme der Einträge')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='Prüfsumme des Vorgängers')),
                ('digest', models.CharField(max_length=64, verbose_name='Prüfsumme')),
                ('sealed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='versiegelt am')),
            ],
            options={
                'verbose_name': 'Siegel',
                'verbose_name_plural': 'Siegel',
                'ordering': ['chain', 'number'],
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='seal_one_per_chain_and_number')],
            },
        ),
    ]
