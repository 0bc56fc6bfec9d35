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
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('name', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Dateiname')),
                ('media_type', models.CharField(max_length=100, verbose_name='Art')),
                ('size', models.PositiveBigIntegerField(verbose_name='Größe in Byte')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='Prüfsumme')),
                ('storage_name', models.CharField(max_length=120, verbose_name='Ablageort')),
                ('compartment', models.CharField(choices=[('case', 'Akte'), ('minutes', 'geschütztes Protokoll'), ('evidence', 'Nachweis'), ('funding', 'Förderung'), ('on_site', 'nur vor Ort')], max_length=12, verbose_name='Bereich')),
                ('retention_class', models.CharField(max_length=20, verbose_name='Aufbewahrung')),
                ('keep_until', models.DateField(blank=True, null=True, verbose_name='aufbewahren bis')),
                ('scan_state', models.CharField(choices=[('unchecked', 'nicht auf Viren geprüft'), ('clean', 'auf Viren geprüft'), ('quarantined', 'wartet auf die Virenprüfung')], default='unchecked', max_length=12, verbose_name='Virenprüfung')),
                ('stored_by_id', models.BigIntegerField(blank=True, null=True, verbose_name='abgelegt von (Person)')),
                ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='gelöscht am')),
            ],
            options={
                'verbose_name': 'Datei',
                'verbose_name_plural': 'Dateien',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('keep_until__isnull', False)), fields=['keep_until'], name='stored_file_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('storage_name', ''), _negated=True), fields=('storage_name',), name='stored_file_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), models.Q(('storage_name', ''), _negated=True)), models.Q(('deleted_at__isnull', False), ('sha256', ''), ('storage_name', '')), _connector='OR'), name='stored_file_deleted_is_empty', violation_error_message='Eine gelöschte Datei hat keinen Inhalt mehr, jede andere hat einen.')],
            },
        ),
        migrations.CreateModel(
            name='Deletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation_id', models.BigIntegerField(blank=True, null=True, verbose_name='Organisation')),
                ('kind', models.CharField(max_length=40, verbose_name='was')),
                ('ref_hash', models.CharField(max_length=64, verbose_name='Kennung (Prüfsumme)')),
                ('retention_class', models.CharField(blank=True, max_length=20, verbose_name='Aufbewahrung')),
                ('reason', models.CharField(choices=[('expired', 'Aufbewahrung abgelaufen'), ('mistake', 'irrtümlich abgelegt'), ('requested', 'auf Verlangen der betroffenen Person'), ('owner_gone', 'Akte oder Vorgang gelöscht'), ('infected', 'Schadsoftware'), ('withdrawn', 'Einwilligung widerrufen')], max_length=12, verbose_name='Grund')),
                ('by_ref', models.CharField(blank=True, max_length=16, verbose_name='von (Kennung)')),
                ('by_label', models.CharField(max_length=160, verbose_name='von')),
            ],
            options={
                'verbose_name': 'Löschung',
                'verbose_name_plural': 'Löschungen',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['organisation_id', '-created_at'], name='deletion_organisation')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('retention_class', models.CharField(max_length=20, verbose_name='Aufbewahrung')),
                ('months', models.PositiveSmallIntegerField(verbose_name='Monate')),
                ('reason', models.CharField(max_length=200, verbose_name='Grund')),
                ('decided_on', models.DateField(verbose_name='entschieden am')),
                ('decided_by', models.CharField(max_length=160, verbose_name='entschieden von')),
            ],
            options={
                'verbose_name': 'Aufbewahrungsfrist',
                'verbose_name_plural': 'Aufbewahrungsfristen',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['organisation', 'retention_class', '-id'], name='retention_rule_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 360)), name='retention_rule_within_thirty_years', violation_error_message='Bitte 1 bis 360 Monate angeben.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='retention_rule_has_reason', violation_error_message='Eine eigene Frist braucht einen Grund.')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Stelle oder Agentur')),
                ('kind', models.CharField(choices=[('attendance_list', 'Teilnehmerliste'), ('press', 'Pressemeldung'), ('photo', 'Foto'), ('flyer', 'Flyer'), ('invoice', 'Rechnung'), ('contract', 'Vertrag'), ('minutes', 'Protokoll'), ('released', 'freigegebenes Dokument'), ('other', 'anderer Nachweis')], max_length=16, verbose_name='Art')),
                ('title', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Titel')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('on', models.DateField(verbose_name='vom')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='documents.storedfile', verbose_name='Datei')),
                ('has_personal_data', models.BooleanField(default=False, verbose_name='mit Namen von Personen')),
            ],
            options={
                'verbose_name': 'Nachweis',
                'verbose_name_plural': 'Nachweise',
                'ordering': ['-on', '-id'],
                'indexes': [models.Index(fields=['unit', 'funding_year', 'kind'], name='evidence_of_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'attendance_list'), _negated=True), ('has_personal_data', True), _connector='OR'), name='evidence_attendance_list_is_personal', violation_error_message='Auf einer Teilnehmerliste stehen Namen von Personen.')],
            },
        ),
        migrations.CreateModel(
            name='FormTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='gepflegt von')),
                ('purpose', models.CharField(max_length=40, verbose_name='Formular für')),
                ('version', models.CharField(max_length=40, verbose_name='Fassung')),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Word-Datei')),
                ('missing', models.JSONField(blank=True, default=list, verbose_name='fehlende Platzhalter')),
                ('is_example', models.BooleanField(default=False, verbose_name='Beispiel')),
            ],
            options={
                'verbose_name': 'Vorlage eines Formulars',
                'verbose_name_plural': 'Vorlagen von Formularen',
                'ordering': ['purpose', '-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='form_template_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.UniqueConstraint(fields=('organisation', 'purpose', 'version'), name='form_template_once', violation_error_message='Diese Fassung gibt es schon.')],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='gepflegt von')),
                ('slot', models.CharField(choices=[('ministry', 'Ministerium'), ('association', 'Verband'), ('agencies', 'Integrationsagenturen')], max_length=16, verbose_name='Logo von')),
                ('alt', models.CharField(max_length=160, verbose_name='Was darauf zu sehen ist')),
                ('image', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Bild')),
            ],
            options={
                'verbose_name': 'Logo',
                'verbose_name_plural': 'Logos',
                'ordering': ['slot', '-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='logo_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.')],
            },
        ),
    ]
