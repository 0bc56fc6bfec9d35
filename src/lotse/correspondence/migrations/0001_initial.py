import django.db.models.deletion
import django.utils.timezone
import lotse.core.crypto
import lotse.core.ids
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('letter', models.CharField(max_length=60, verbose_name='Vorlage')),
                ('recipient', lotse.core.crypto.SealedTextField(blank=True, verbose_name='an')),
                ('subject', models.CharField(max_length=160, verbose_name='Betreff')),
                ('body', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Text')),
                ('calendar', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Kalendereintrag')),
                ('state', models.CharField(choices=[('waiting', 'wartet'), ('sent', 'verschickt'), ('failed', 'nicht zustellbar')], default='waiting', max_length=8, verbose_name='Stand')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='Versuche')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='nächster Versuch')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='verschickt am')),
                ('error', models.CharField(blank=True, max_length=160, verbose_name='Fehler')),
            ],
            options={
                'verbose_name': 'ausgehende Nachricht',
                'verbose_name_plural': 'ausgehende Nachrichten',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='mail_due'), models.Index(fields=['organisation', '-id'], name='mail_log')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='mail_sent_has_time', violation_error_message='Eine verschickte Nachricht hat einen Zeitpunkt, jede andere keinen.')],
            },
        ),
        migrations.CreateModel(
            name='SignedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('purpose', models.CharField(max_length=40, verbose_name='Zweck')),
                ('object_ref', models.CharField(max_length=64, verbose_name='Gegenstand')),
                ('nonce_hash', models.CharField(max_length=64, verbose_name='Prüfsumme')),
                ('valid_until', models.DateTimeField(verbose_name='gültig bis')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='widerrufen am')),
            ],
            options={
                'verbose_name': 'signierter Link',
                'verbose_name_plural': 'signierte Links',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['purpose', 'object_ref'], name='signed_link_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('created_at'))), name='signed_link_ends_after_it_begins', violation_error_message='Ein Link endet nach seinem Beginn.')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to='organisations.person', verbose_name='Person')),
                ('token_hash', models.CharField(editable=False, max_length=64, verbose_name='Prüfsumme')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='abgeschaltet am')),
            ],
            options={
                'verbose_name': 'Kalenderadresse',
                'verbose_name_plural': 'Kalenderadressen',
                'constraints': [models.UniqueConstraint(fields=('token_hash',), name='calendar_feed_token_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='calendar_feed_one_open', violation_error_message='Es gibt schon eine Adresse für Ihren Kalender.')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='organisations.person', verbose_name='Person')),
                ('days_before', models.PositiveSmallIntegerField(default=1, verbose_name='Tage vorher')),
                ('reminded_of', models.DateField(blank=True, editable=False, null=True, verbose_name='zuletzt erinnert an')),
            ],
            options={
                'verbose_name': 'Erinnerung',
                'verbose_name_plural': 'Erinnerungen',
                'constraints': [models.CheckConstraint(condition=models.Q(('days_before__lte', 14)), name='reminder_within_two_weeks', violation_error_message='Bitte höchstens 14 Tage vorher.')],
            },
        ),
    ]
