import django.db.models.deletion
import django.utils.timezone
import lotse.core.crypto
import lotse.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='organisations.organisation', verbose_name='Träger')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('name_key', models.CharField(editable=False, max_length=170)),
                ('category', models.CharField(max_length=40, verbose_name='Art')),
                ('contact_person', models.CharField(blank=True, max_length=120, verbose_name='Ansprechperson')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
                ('address', models.TextField(blank=True, verbose_name='Anschrift')),
                ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
            ],
            options={
                'verbose_name': 'Kooperationspartner',
                'verbose_name_plural': 'Kooperationspartner',
                'ordering': ['name_key', 'id'],
                'indexes': [models.Index(fields=['organisation', 'name_key', 'id'], name='partner_by_name')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name_key'), name='partner_name_once', violation_error_message='Diesen Kooperationspartner gibt es schon.')],
            },
        ),
        migrations.CreateModel(
            name='CooperationAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cooperations', to='partners.partner', verbose_name='Partner')),
                ('kind', models.CharField(choices=[('course_provider', 'Begleitung im Integrationskurs'), ('opening', 'Interkulturelle Öffnung'), ('joint_measure', 'Gemeinsame Maßnahme')], max_length=20, verbose_name='Art')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='Fassung')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='partners.cooperationagreement', verbose_name='ersetzt')),
                ('subject', models.CharField(max_length=200, verbose_name='Worum geht es?')),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='Ansprechperson bei uns')),
                ('partner_contact', models.CharField(blank=True, max_length=120, verbose_name='Ansprechperson beim Partner')),
                ('presence', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Anwesenheits- und Beratungszeiten')),
                ('events', lotse.core.crypto.SealedTextField(blank=True, verbose_name='gemeinsame Infoveranstaltungen')),
                ('offer', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Beratung im Kurs')),
                ('at_risk', lotse.core.crypto.SealedTextField(blank=True, verbose_name='wenn Teilnehmende Unterstützung brauchen')),
                ('our_part', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Das machen wir')),
                ('their_part', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Das macht der Partner')),
                ('valid_from', models.DateField(verbose_name='gilt ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gilt bis')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='wieder besprechen am')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='zuletzt besprochen am')),
                ('checked_by', models.CharField(blank=True, max_length=120, verbose_name='Vertrag geprüft von')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='Vertrag geprüft am')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='unterschrieben von')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='unterschrieben am')),
                ('partner_signer', models.CharField(blank=True, max_length=120, verbose_name='beim Partner unterschrieben von')),
                ('partner_signed_on', models.DateField(blank=True, null=True, verbose_name='beim Partner unterschrieben am')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='beendet am')),
                ('end_reason', models.CharField(blank=True, choices=[('done', 'Zweck erreicht'), ('partner', 'Partner hat beendet'), ('house', 'wir haben beendet'), ('revised', 'durch eine neue Fassung ersetzt')], max_length=10, verbose_name='Grund des Endes')),
                ('end_note', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Anmerkung zum Ende')),
                ('scan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='unterschriebenes Blatt')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Bearbeitungsstand')),
            ],
            options={
                'verbose_name': 'Kooperationsvereinbarung',
                'verbose_name_plural': 'Kooperationsvereinbarungen',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('ended_on', None)), fields=['organisation', 'review_on'], name='cooperation_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='cooperation_end_after_begin', violation_error_message='„Gilt bis“ liegt vor „gilt ab“.'), models.CheckConstraint(condition=models.Q(models.Q(('checked_by', ''), ('checked_on', None)), models.Q(('checked_on__isnull', False), models.Q(('checked_by', ''), _negated=True)), _connector='OR'), name='cooperation_check_is_whole', violation_error_message='Zur Prüfung des Vertrags gehören Tag und Name.'), models.CheckConstraint(condition=models.Q(models.Q(('partner_signed_on', None), ('partner_signer', ''), ('signed_by', None), ('signed_on', None)), models.Q(('partner_signed_on__isnull', False), ('signed_by__isnull', False), ('signed_on__isnull', False), models.Q(('partner_signer', ''), _negated=True)), _connector='OR'), name='cooperation_signed_by_both', violation_error_message='Unterschrieben ist, wenn beide Seiten mit Tag und Name unterschrieben haben.'), models.CheckConstraint(condition=models.Q(('signed_on', None), models.Q(('checked_on__isnull', False), ('signed_on__gte', models.F('checked_on'))), _connector='OR'), name='cooperation_signed_after_check', violation_error_message='Unterschrieben wird nach der Prüfung des Vertrags.'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_on', None)), models.Q(('ended_on__gte', models.F('signed_on')), ('signed_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='cooperation_end_has_reason', violation_error_message='Beendet wird nach der Unterschrift, mit Tag und Grund.')],
            },
        ),
    ]
