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
            name='ReportingPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('starts_on', models.DateField(verbose_name='von')),
                ('ends_on', models.DateField(verbose_name='bis')),
                ('due_on', models.DateField(verbose_name='fällig am')),
                ('days_per_level', models.PositiveSmallIntegerField(default=14, verbose_name='Tage je Ebene')),
                ('form_key', models.CharField(max_length=40, verbose_name='Formular')),
                ('form_version', models.CharField(max_length=20, verbose_name='Fassung')),
            ],
            options={
                'verbose_name': 'Meldezeitraum',
                'verbose_name_plural': 'Meldezeiträume',
                'ordering': ['-starts_on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'starts_on'), name='reporting_period_one_begins_a_day', violation_error_message='Für dieses Jahr wird schon gemeldet.'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('due_on__gt', models.F('ends_on'))), name='reporting_period_due_after_its_end', violation_error_message='Fällig ist die Meldung nach dem Ende des Zeitraums.')],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('direction', models.CharField(choices=[('below', 'meldet an uns'), ('above', 'an sie melden wir')], max_length=5, verbose_name='Richtung')),
                ('public_key', models.CharField(max_length=88, verbose_name='öffentlicher Schlüssel')),
                ('fingerprint', models.CharField(max_length=39, verbose_name='Prüfzeichen')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='eingetragen von')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='bestätigt von')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='bestätigt am')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='gesperrt am')),
            ],
            options={
                'verbose_name': 'Installation',
                'verbose_name_plural': 'Installationen',
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'fingerprint'), name='installation_key_known_to_one_name', violation_error_message='Dieser Schlüssel ist schon eingetragen.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('registered_by')), _negated=True), _connector='OR'), name='installation_confirmed_by_another', violation_error_message='Bestätigen muss eine zweite Person.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='installation_confirmation_is_a_pair', violation_error_message='Eine Bestätigung hat eine Person und ein Datum.')],
            },
        ),
        migrations.CreateModel(
            name='ReportingKeys',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('private', lotse.core.crypto.SealedTextField(blank=True, verbose_name='geheimer Schlüssel')),
                ('public_key', models.CharField(max_length=88, verbose_name='öffentlicher Schlüssel')),
            ],
            options={
                'verbose_name': 'Meldeschlüssel',
                'verbose_name_plural': 'Meldeschlüssel',
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='wayup.reportingperiod', verbose_name='Zeitraum')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('above', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Ebene darüber')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.site', verbose_name='Beratungsstelle')),
                ('installation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wayup.installation', verbose_name='Installation')),
                ('unit_ref', models.CharField(max_length=16, verbose_name='Einheit')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('state', models.CharField(choices=[('open', 'zusammengestellt'), ('approved', 'freigegeben'), ('accepted', 'angenommen'), ('locked', 'festgeschrieben'), ('reopened', 'wieder geöffnet'), ('replaced', 'ersetzt')], default='open', max_length=10, verbose_name='Stand')),
                ('tables', models.JSONField(verbose_name='Tabellen')),
                ('sha256', models.CharField(max_length=64, verbose_name='Prüfsumme')),
                ('report_id', models.CharField(max_length=16, verbose_name='Nummer der Meldung')),
                ('units_included', models.PositiveIntegerField(default=0, verbose_name='Einheiten enthalten')),
                ('units_expected', models.PositiveIntegerField(default=0, verbose_name='Einheiten erwartet')),
                ('sites_included', models.PositiveIntegerField(default=0, verbose_name='Stellen enthalten')),
                ('sites_expected', models.PositiveIntegerField(default=0, verbose_name='Stellen erwartet')),
                ('missing', models.JSONField(default=list, verbose_name='fehlende Einheiten')),
                ('drawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='zusammengestellt von')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='freigegeben von')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='freigegeben am')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='angenommen von')),
                ('accepted_at', models.DateTimeField(null=True, verbose_name='angenommen am')),
                ('reopened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='geöffnet von')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Grund')),
                ('parts', models.ManyToManyField(related_name='added_in', to='wayup.closing', verbose_name='Teile')),
            ],
            options={
                'verbose_name': 'Abschluss',
                'verbose_name_plural': 'Abschlüsse',
                'ordering': ['-revision', '-id'],
                'constraints': [models.UniqueConstraint(fields=('period', 'unit_ref', 'revision'), name='closing_revision_is_new', violation_error_message='Diese Fassung ist schon da.'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('drawn_by')), _negated=True), _connector='OR'), name='closing_approved_by_another', violation_error_message='Freigeben muss eine zweite Person.'), models.CheckConstraint(condition=models.Q(('accepted_by', None), ('approved_by', None), models.Q(('accepted_by', models.F('approved_by')), _negated=True), _connector='OR'), name='closing_accepted_by_another', violation_error_message='Wer freigegeben hat, nimmt nicht selbst an.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'approved', 'locked']), _negated=True), ('approved_at__isnull', False), _connector='OR'), name='closing_done_was_approved', violation_error_message='Ohne Freigabe geht keine Meldung weiter.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'reopened'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='closing_reopened_with_reason', violation_error_message='Bitte den Grund nennen.'), models.CheckConstraint(condition=models.Q(('site', None), ('installation', None), _connector='OR'), name='closing_of_one_unit', violation_error_message='Ein Abschluss gehört zu einer Einheit.'), models.CheckConstraint(condition=models.Q(('sites_included__lte', models.F('sites_expected')), ('units_included__lte', models.F('units_expected'))), name='closing_covers_at_most_all', violation_error_message='Es können nicht mehr Einheiten enthalten sein, als erwartet werden.')],
            },
        ),
    ]
