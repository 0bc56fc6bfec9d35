import django.db.models.deletion
import django.utils.timezone
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
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='Aktenzeichen')),
                ('financing', models.CharField(choices=[('share', 'Anteilfinanzierung'), ('gap', 'Fehlbedarfsfinanzierung'), ('fixed', 'Festbetragsfinanzierung'), ('lump_sum', 'Pauschale')], default='share', max_length=8, verbose_name='Finanzierungsart')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='erstes Förderjahr')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='letztes Förderjahr')),
                ('profile', models.CharField(blank=True, max_length=20, verbose_name='Vorlage')),
                ('own_share_percent', models.DecimalField(decimal_places=2, default=10, max_digits=5, verbose_name='Eigenanteil mindestens (%)')),
                ('overrun_percent', models.DecimalField(decimal_places=2, default=20, max_digits=5, verbose_name='Überschreitung einer Ausgabenart bis (%)')),
                ('spend_within_days', models.PositiveSmallIntegerField(default=60, verbose_name='abgerufene Mittel verwenden binnen (Tage)')),
                ('retention_years', models.PositiveSmallIntegerField(default=10, verbose_name='Belege aufbewahren (Jahre nach dem Förderjahr)')),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Bewilligungsbehörde')),
                ('funder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsgeber')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
            ],
            options={
                'verbose_name': 'Zuwendung',
                'verbose_name_plural': 'Zuwendungen',
                'ordering': ['-first_year', 'name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('document', models.CharField(max_length=40, verbose_name='Was')),
                ('name', models.CharField(max_length=120, verbose_name='Bezeichnung')),
                ('bearer', models.CharField(choices=[('agency', 'jede Integrationsagentur'), ('carrier', 'jeder Träger'), ('district', 'der Bezirk')], max_length=8, verbose_name='Wer')),
                ('every_years', models.PositiveSmallIntegerField(default=1, verbose_name='alle … Jahre')),
                ('anchor_year', models.PositiveSmallIntegerField(verbose_name='zum Beispiel fällig im Jahr')),
                ('offset_years', models.SmallIntegerField(default=0, verbose_name='fällig … Jahre nach dem Förderjahr')),
                ('internal_month', models.PositiveSmallIntegerField(verbose_name='intern: Monat')),
                ('internal_day', models.PositiveSmallIntegerField(verbose_name='intern: Tag')),
                ('external_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='extern: Monat')),
                ('external_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='extern: Tag')),
                ('warn_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Vorwarnung: Monat')),
                ('warn_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Vorwarnung: Tag')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='Quelle')),
                ('is_example', models.BooleanField(default=False, verbose_name='Beispiel')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadline_rules', to='programmes.grant', verbose_name='Zuwendung')),
            ],
            options={
                'verbose_name': 'Fristregel',
                'verbose_name_plural': 'Fristregeln',
                'ordering': ['internal_month', 'internal_day', 'name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('key', models.CharField(blank=True, max_length=40, verbose_name='Schlüssel')),
                ('number', models.CharField(blank=True, max_length=10, verbose_name='Nummer')),
                ('name', models.CharField(max_length=120, verbose_name='Ausgabenart')),
                ('is_staff', models.BooleanField(default=False, verbose_name='Personal')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Reihenfolge')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='programmes.grant', verbose_name='Zuwendung')),
            ],
            options={
                'verbose_name': 'Ausgabenart',
                'verbose_name_plural': 'Ausgabenarten',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GrantAgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Integrationsagentur')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='programmes.grant', verbose_name='Zuwendung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'geförderte Integrationsagentur',
                'verbose_name_plural': 'geförderte Integrationsagenturen',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('document', models.CharField(max_length=40, verbose_name='Was')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('internal_due', models.DateField(verbose_name='intern fällig')),
                ('external_due', models.DateField(blank=True, null=True, verbose_name='extern fällig')),
                ('warn_due', models.DateField(blank=True, null=True, verbose_name='Vorwarnung')),
                ('state', models.CharField(choices=[('upcoming', 'steht an'), ('submitted_internal', 'eingereicht'), ('checked', 'geprüft'), ('submitted_external', 'abgegeben'), ('accepted', 'angenommen'), ('rework', 'nachzubessern'), ('dropped', 'entfällt')], default='upcoming', max_length=20, verbose_name='Stand')),
                ('submitted_on', models.DateField(blank=True, null=True, verbose_name='eingereicht am')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='geprüft am')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='abgegeben am')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='angenommen am')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Bemerkung')),
                ('reminded_weeks', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='erinnert … Wochen vorher')),
                ('warned_of', models.DateField(blank=True, null=True, verbose_name='vorgewarnt für den')),
                ('escalated_of', models.DateField(blank=True, null=True, verbose_name='gemeldet für den')),
                ('bearer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Wer')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='programmes.deadlinerule', verbose_name='Regel')),
            ],
            options={
                'verbose_name': 'Frist',
                'verbose_name_plural': 'Fristen',
                'ordering': ['internal_due', 'document', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='Kürzel')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('level', models.CharField(blank=True, max_length=60, verbose_name='Ebene')),
                ('is_counselling', models.BooleanField(default=True, verbose_name='berät Personen')),
                ('client_label', models.CharField(default='Klient*in', max_length=40, verbose_name='Bezeichnung der Klient*innen')),
                ('max_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='längste Dauer in Jahren')),
                ('funder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsgeber')),
            ],
            options={
                'verbose_name': 'Programm',
                'verbose_name_plural': 'Programme',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PostFunding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('fte', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Anteil (VZÄ)')),
                ('grant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='post_fundings', to='programmes.grant', verbose_name='Zuwendung')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fundings', to='organisations.postshare', verbose_name='Stellenanteil')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_fundings', to='programmes.programme', verbose_name='Programm')),
            ],
            options={
                'verbose_name': 'Stellenfinanzierung',
                'verbose_name_plural': 'Stellenfinanzierungen',
                'ordering': ['-valid_from', '-id'],
            },
        ),
        migrations.AddField(
            model_name='grant',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='programmes.programme', verbose_name='Programm'),
        ),
        migrations.CreateModel(
            name='FundingYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('starts_on', models.DateField(verbose_name='Beginn')),
                ('ends_on', models.DateField(verbose_name='Ende')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding_years', to='programmes.programme', verbose_name='Programm')),
            ],
            options={
                'verbose_name': 'Förderjahr',
                'verbose_name_plural': 'Förderjahre',
                'ordering': ['-year', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='programmes.programme', verbose_name='Programm')),
            ],
            options={
                'verbose_name': 'Name des Programms',
                'verbose_name_plural': 'Namen des Programms',
                'ordering': ['-valid_from', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SiteOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('valid_from', models.DateField(verbose_name='gültig ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='programmes.programme', verbose_name='Programm')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='organisations.site', verbose_name='Beratungsstelle')),
            ],
            options={
                'verbose_name': 'Angebot',
                'verbose_name_plural': 'Angebote',
                'ordering': ['-valid_from', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('kind', models.CharField(choices=[('expense', 'Ausgabe'), ('donation', 'Spende'), ('income', 'Einnahme')], default='expense', max_length=10, verbose_name='Art')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('on', models.DateField(verbose_name='Datum')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='Betrag in Euro')),
                ('payee', models.CharField(max_length=160, verbose_name='an oder von wem')),
                ('reason', models.CharField(max_length=200, verbose_name='wofür')),
                ('correction_reason', models.CharField(blank=True, max_length=200, verbose_name='berichtigt, weil')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Bearbeitungsstand')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='programmes.voucher', verbose_name='berichtigt')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Beleg als Datei')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Stelle oder Agentur')),
            ],
            options={
                'verbose_name': 'Beleg',
                'verbose_name_plural': 'Belege',
                'ordering': ['on', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='deadline_rule_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('every_years__gte', 1), ('every_years__lte', 10)), name='deadline_rule_every_one_to_ten_years', violation_error_message='Bitte 1 bis 10 Jahre angeben.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('external_day', None), ('external_month', None)), models.Q(('external_day__isnull', False), ('external_month__isnull', False)), _connector='OR'), name='deadline_rule_external_whole_or_none', violation_error_message='Bitte beim externen Termin Tag und Monat angeben, oder beides leer lassen.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('warn_day', None), ('warn_month', None)), models.Q(('warn_day__isnull', False), ('warn_month__isnull', False)), _connector='OR'), name='deadline_rule_warning_whole_or_none', violation_error_message='Bitte bei der Vorwarnung Tag und Monat angeben, oder beides leer lassen.'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('grant', 'name'), name='budget_line_once', violation_error_message='Diese Ausgabenart gibt es schon.'),
        ),
        migrations.AddConstraint(
            model_name='grantagency',
            constraint=models.UniqueConstraint(fields=('grant', 'agency'), name='grant_agency_once', violation_error_message='Diese Integrationsagentur gehört schon dazu.'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['bearer', 'internal_due', 'id'], name='obligation_by_day'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('bearer', 'document', 'funding_year'), name='obligation_once', violation_error_message='Diese Frist gibt es schon.'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('external_due', None), ('external_due__gte', models.F('internal_due')), _connector='OR'), name='obligation_external_not_before_internal', violation_error_message='Der externe Termin liegt vor dem internen.'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted_external', 'accepted']), _negated=True), ('sent_on__isnull', False), _connector='OR'), name='obligation_sent_on_a_day', violation_error_message='Bitte angeben, wann abgegeben wurde.'),
        ),
        migrations.AddConstraint(
            model_name='postfunding',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='post_funding_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'),
        ),
        migrations.AddConstraint(
            model_name='postfunding',
            constraint=models.CheckConstraint(condition=models.Q(('fte__gt', 0), ('fte__lte', 1)), name='post_funding_fte_between_0_and_1', violation_error_message='Ein Anteil liegt zwischen 0,01 und 1,00.'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='grant_last_year_not_before_first', violation_error_message='Das letzte Förderjahr liegt vor dem ersten.'),
        ),
        migrations.AddConstraint(
            model_name='fundingyear',
            constraint=models.UniqueConstraint(fields=('programme', 'year'), name='funding_year_once'),
        ),
        migrations.AddConstraint(
            model_name='fundingyear',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='funding_year_end_after_begin', violation_error_message='Das Förderjahr endet vor seinem Beginn.'),
        ),
        migrations.AddConstraint(
            model_name='programmename',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='programme_name_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'),
        ),
        migrations.AddConstraint(
            model_name='programmename',
            constraint=models.UniqueConstraint(fields=('programme', 'valid_from'), name='programme_name_one_a_day', violation_error_message='An diesem Tag beginnt schon ein anderer Name.'),
        ),
        migrations.AddConstraint(
            model_name='siteoffer',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='site_offer_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'),
        ),
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(fields=['unit', 'funding_year', 'on', 'id'], name='voucher_of_year'),
        ),
        migrations.AddConstraint(
            model_name='voucher',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('amount', 0), ('corrects__isnull', False)), _connector='OR'), name='voucher_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
    ]
