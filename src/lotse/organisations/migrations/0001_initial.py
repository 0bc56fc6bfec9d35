import django.db.models.deletion
import django.utils.timezone
import lotse.core.ids
from django.conf import settings
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('kind', models.CharField(choices=[('federal_association', 'Bundesverband'), ('district_association', 'Bezirksverband'), ('county_association', 'Kreisverband'), ('subsidiary', 'Tochtergesellschaft'), ('nonprofit_member', 'gemeinnütziges Mitglied'), ('local_branch', 'Ortsverein'), ('agency', 'Integrationsagentur'), ('municipality', 'Kommune'), ('umbrella_working_group', 'Landesarbeitsgemeinschaft'), ('ministry', 'Ministerium'), ('granting_authority', 'Bewilligungsbehörde'), ('partner_institution', 'Kooperationspartner'), ('certification_body', 'Zertifizierungsstelle')], max_length=30, verbose_name='Art')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.organisation', verbose_name='gehört zu')),
                ('path', models.CharField(blank=True, db_index=True, editable=False, max_length=200, verbose_name='Pfad')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='Kurzname')),
                ('is_carrier', models.BooleanField(default=False, verbose_name='ist Träger')),
                ('action_fields', models.JSONField(blank=True, default=list, verbose_name='Handlungsfelder')),
                ('address', models.TextField(blank=True, verbose_name='Anschrift')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='besteht seit')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='besteht bis')),
            ],
            options={
                'verbose_name': 'Organisation',
                'verbose_name_plural': 'Organisationen',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='organisations.organisation', verbose_name='Organisation')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='Kurzname')),
            ],
            options={
                'verbose_name': 'Name der Organisation',
                'verbose_name_plural': 'Namen der Organisation',
                'ordering': ['-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='organisation_name_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.UniqueConstraint(fields=('organisation', 'valid_from'), name='organisation_name_one_a_day', violation_error_message='An diesem Tag beginnt schon ein anderer Name.')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='Konto')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='organisations.organisation', verbose_name='angestellt bei')),
                ('name_key', models.CharField(default='', editable=False, max_length=170)),
                ('first_name', models.CharField(max_length=80, verbose_name='Vorname')),
                ('last_name', models.CharField(max_length=80, verbose_name='Nachname')),
                ('former_name', models.CharField(blank=True, max_length=80, verbose_name='früherer Name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='Beratungssprachen')),
                ('qualification', models.CharField(blank=True, max_length=160, verbose_name='Qualifikation')),
                ('qualification_deviates', models.BooleanField(default=False, verbose_name='Qualifikation weicht ab')),
                ('manager_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='IntMan-Nr.')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='Dienstbeginn')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='ausgeschieden am')),
            ],
            options={
                'verbose_name': 'Person',
                'verbose_name_plural': 'Personen',
                'ordering': ['last_name', 'first_name', 'id'],
                'indexes': [models.Index(fields=['organisation', 'name_key', 'id'], name='person_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('left_on', None), ('started_on', None), ('left_on__gte', models.F('started_on')), _connector='OR'), name='person_leaves_after_start', violation_error_message='Das Ausscheiden liegt vor dem Dienstbeginn.')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='organisations.organisation', verbose_name='Träger')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('address', models.TextField(blank=True, verbose_name='Anschrift')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
                ('opening_hours', models.JSONField(blank=True, default=list, verbose_name='Öffnungszeiten')),
                ('appointment_mode', models.CharField(blank=True, max_length=120, verbose_name='Terminvereinbarung')),
                ('branch_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='branches', to='organisations.site', verbose_name='Außenstelle von')),
                ('municipality_code', models.CharField(blank=True, max_length=8, verbose_name='Gemeindekennziffer')),
                ('accessibility_note', models.CharField(blank=True, max_length=200, verbose_name='Hinweis zur Barrierefreiheit')),
            ],
            options={
                'verbose_name': 'Beratungsstelle',
                'verbose_name_plural': 'Beratungsstellen',
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('branch_of', None), models.Q(('branch_of', models.F('id')), _negated=True), _connector='OR'), name='site_is_branch_of_another', violation_error_message='Eine Beratungsstelle ist nicht ihre eigene Außenstelle.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('needs_confirmation', models.BooleanField(default=False, verbose_name='öffnet Akten')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='erteilt von')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='bestätigt von')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bestätigt am')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.person', verbose_name='Person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.organisation', verbose_name='Organisation')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.site', verbose_name='Beratungsstelle')),
                ('role', models.CharField(choices=[('counsellor', 'Berater*in'), ('intman', 'Integrationsmanager*in'), ('integration_specialist', 'Integrationsfachkraft'), ('intman_speaker', 'Sprecher*in der IntMan'), ('technical_lead', 'Fachleitung'), ('integration_officer', 'Integrationsbeauftragte*r'), ('regional_coordinator', 'Regionale Koordination'), ('desk_officer', 'Referent*in'), ('admin_clerk', 'Verwaltungsmitarbeiter*in'), ('carrier_manager', 'Geschäftsführung'), ('district_management', 'Geschäftsführung des Bezirks'), ('qm_officer', 'Qualitätsmanagementbeauftragte*r'), ('assessor', 'Unabhängige*r Gutachter*in'), ('advisory_board_member', 'Beirat'), ('dpo', 'Datenschutzbeauftragte*r'), ('funder_readonly', 'Zuwendungsgeber'), ('sysadmin', 'Systemadministration')], max_length=30, verbose_name='Rolle')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Grund')),
            ],
            options={
                'verbose_name': 'Rolle',
                'verbose_name_plural': 'Rollen',
                'ordering': ['-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('granted_by', None), models.Q(('confirmed_by', models.F('granted_by')), _negated=True), _connector='OR'), name='membership_confirmed_by_another', violation_error_message='Bestätigen muss eine zweite Person.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), ('confirmed_at__isnull', False), _connector='OR'), name='membership_confirmation_pair', violation_error_message='Eine Bestätigung hat eine Person und ein Datum.'), models.CheckConstraint(condition=models.Q(('granted_by', None), models.Q(('granted_by', models.F('person')), _negated=True), _connector='OR'), name='membership_granted_by_another', violation_error_message='Niemand erteilt sich selbst ein Recht.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('person')), _negated=True), _connector='OR'), name='membership_confirmed_by_no_holder', violation_error_message='Wer das Recht bekommt, bestätigt es nicht selbst.'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('counsellor', 'intman', 'technical_lead')), _negated=True), ('needs_confirmation', True), _connector='OR'), name='membership_with_files_confirmed', violation_error_message='Diese Rolle öffnet Akten und braucht eine zweite Person.')],
            },
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='erteilt von')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='bestätigt von')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bestätigt am')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='organisations.person', verbose_name='vertretene Person')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in_for', to='organisations.person', verbose_name='Vertretung')),
                ('needs_confirmation', models.BooleanField(default=True, verbose_name='öffnet Akten')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Grund')),
            ],
            options={
                'verbose_name': 'Vertretung',
                'verbose_name_plural': 'Vertretungen',
                'ordering': ['-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='deputy_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('granted_by', None), models.Q(('confirmed_by', models.F('granted_by')), _negated=True), _connector='OR'), name='deputy_confirmed_by_another', violation_error_message='Bestätigen muss eine zweite Person.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), ('confirmed_at__isnull', False), _connector='OR'), name='deputy_confirmation_pair', violation_error_message='Eine Bestätigung hat eine Person und ein Datum.'), models.CheckConstraint(condition=models.Q(('granted_by', None), models.Q(('granted_by', models.F('deputy')), _negated=True), _connector='OR'), name='deputy_granted_by_another', violation_error_message='Niemand erteilt sich selbst ein Recht.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('deputy')), _negated=True), _connector='OR'), name='deputy_confirmed_by_no_holder', violation_error_message='Wer das Recht bekommt, bestätigt es nicht selbst.'), models.CheckConstraint(condition=models.Q(('needs_confirmation', True)), name='deputy_always_confirmed', violation_error_message='Eine Vertretung öffnet Akten und braucht eine zweite Person.'), models.CheckConstraint(condition=models.Q(('person', models.F('deputy')), _negated=True), name='deputy_is_another_person', violation_error_message='Niemand vertritt sich selbst.')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.organisation', verbose_name='Organisation')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.site', verbose_name='Beratungsstelle')),
                ('title', models.CharField(max_length=120, verbose_name='Bezeichnung')),
                ('fte', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Stellenumfang (VZÄ)')),
            ],
            options={
                'verbose_name': 'Stelle',
                'verbose_name_plural': 'Stellen',
                'ordering': ['title', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fte__gt', 0)), name='post_fte_positive', violation_error_message='Der Stellenumfang muss größer als 0 sein.')],
            },
        ),
        migrations.CreateModel(
            name='PostShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='organisations.post', verbose_name='Stelle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='organisations.person', verbose_name='Person')),
                ('fte', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Anteil (VZÄ)')),
                ('fixed_term', models.BooleanField(default=False, verbose_name='befristet')),
                ('substitute_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.person', verbose_name='Vertretung für')),
            ],
            options={
                'verbose_name': 'Stellenanteil',
                'verbose_name_plural': 'Stellenanteile',
                'ordering': ['-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='post_share_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.CheckConstraint(condition=models.Q(('fte__gt', 0), ('fte__lte', 1)), name='post_share_fte_between_0_and_1', violation_error_message='Ein Anteil liegt zwischen 0,01 und 1,00.')],
            },
        ),
    ]
