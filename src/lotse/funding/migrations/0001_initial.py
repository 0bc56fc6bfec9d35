import django.db.models.deletion
import django.utils.timezone
import lotse.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('state', models.CharField(choices=[('collecting', 'Teile werden gesammelt'), ('submitted', 'gestellt'), ('correction', 'Nachbesserung verlangt'), ('granted', 'bewilligt'), ('refused', 'abgelehnt')], default='collecting', max_length=12, verbose_name='Stand')),
                ('submitted_on', models.DateField(blank=True, null=True, verbose_name='gestellt am')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='entschieden am')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Bearbeitungsstand')),
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='application', to='programmes.grant', verbose_name='Zuwendung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
            ],
            options={
                'verbose_name': 'Gesamtantrag',
                'verbose_name_plural': 'Gesamtanträge',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='CallOfFunds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('called_on', models.DateField(verbose_name='abgerufen am')),
                ('spend_from', models.DateField(verbose_name='zu verwenden von')),
                ('spend_until', models.DateField(verbose_name='zu verwenden bis')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='eingegangen am')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='programmes.grant', verbose_name='Zuwendung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
            ],
            options={
                'verbose_name': 'Mittelabruf',
                'verbose_name_plural': 'Mittelabrufe',
                'ordering': ['called_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CallShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='funding.calloffunds', verbose_name='Mittelabruf')),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
            ],
            options={
                'verbose_name': 'Anteil am Mittelabruf',
                'verbose_name_plural': 'Anteile am Mittelabruf',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CarrierPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('state', models.CharField(choices=[('open', 'in Arbeit'), ('handed_in', 'eingereicht'), ('returned', 'zu ändern')], default='open', max_length=12, verbose_name='Stand')),
                ('handed_in_on', models.DateField(blank=True, null=True, verbose_name='eingereicht am')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='Was zu ändern ist')),
                ('measures', models.TextField(blank=True, max_length=4000, verbose_name='geplante Maßnahmen')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Bearbeitungsstand')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='funding.application', verbose_name='Gesamtantrag')),
                ('handed_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='eingereicht von')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'Antragsteil',
                'verbose_name_plural': 'Antragsteile',
                'ordering': ['organisation__name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ForwardingContract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('carrier_signed_on', models.DateField(blank=True, null=True, verbose_name='vom Träger unterschrieben am')),
                ('district_signed_on', models.DateField(blank=True, null=True, verbose_name='vom Zuwendungsempfänger unterschrieben am')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Vertrag als Datei')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='programmes.grant', verbose_name='Zuwendung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'Weiterleitungsvertrag',
                'verbose_name_plural': 'Weiterleitungsverträge',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ContractYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='funding.forwardingcontract', verbose_name='Vertrag')),
            ],
            options={
                'verbose_name': 'Vertragsjahr',
                'verbose_name_plural': 'Vertragsjahre',
                'ordering': ['funding_year', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GrantNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('dated_on', models.DateField(verbose_name='Datum des Bescheids')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='Aktenzeichen')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Was er ändert')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Bescheid als Datei')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='programmes.grant', verbose_name='Zuwendung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
            ],
            options={
                'verbose_name': 'Bescheid',
                'verbose_name_plural': 'Bescheide',
                'ordering': ['dated_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('kind', models.CharField(choices=[('expense', 'Ausgabe'), ('own_share', 'Eigenanteil'), ('income', 'andere Einnahme')], max_length=10, verbose_name='Art')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('on', models.DateField(verbose_name='Datum')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('payee', models.CharField(max_length=160, verbose_name='an oder von wem')),
                ('reason', models.CharField(max_length=200, verbose_name='wofür')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='Belegnummer')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Beleg als Datei')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='programmes.grant', verbose_name='Zuwendung')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='programmes.budgetline', verbose_name='Ausgabenart')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post', verbose_name='Stelle')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='funding.ledgerentry', verbose_name='nimmt zurück')),
                ('voucher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='programmes.voucher', verbose_name='Beleg aus der Arbeit')),
            ],
            options={
                'verbose_name': 'Buchung',
                'verbose_name_plural': 'Buchungen',
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='funding.grantnotice', verbose_name='Bescheid')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
            ],
            options={
                'verbose_name': 'bewilligtes Jahr',
                'verbose_name_plural': 'bewilligte Jahre',
                'ordering': ['funding_year', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PartFunds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('source', models.CharField(choices=[('own_share', 'Eigenanteil'), ('income', 'andere Mittel')], default='own_share', max_length=10, verbose_name='Art')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('description', models.CharField(blank=True, max_length=200, verbose_name='Erläuterung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='funds', to='funding.carrierpart', verbose_name='Antragsteil')),
            ],
            options={
                'verbose_name': 'eigene Mittel',
                'verbose_name_plural': 'eigene Mittel',
                'ordering': ['funding_year', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PartPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('title', models.CharField(max_length=120, verbose_name='Bezeichnung')),
                ('fte', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Stellenumfang (VZÄ)')),
                ('pay_grade', models.CharField(blank=True, max_length=40, verbose_name='Eingruppierung')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='von')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='bis')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Integrationsagentur')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='funding.carrierpart', verbose_name='Antragsteil')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='Person')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post', verbose_name='Stelle')),
            ],
            options={
                'verbose_name': 'beantragte Stelle',
                'verbose_name_plural': 'beantragte Stellen',
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PartCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('description', models.CharField(blank=True, max_length=200, verbose_name='Erläuterung')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='programmes.budgetline', verbose_name='Ausgabenart')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='funding.carrierpart', verbose_name='Antragsteil')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='funding.partpost', verbose_name='beantragte Stelle')),
            ],
            options={
                'verbose_name': 'geplante Ausgabe',
                'verbose_name_plural': 'geplante Ausgaben',
                'ordering': ['funding_year', 'line__position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('kind', models.CharField(choices=[('forwarding', 'Weiterleitung'), ('repayment', 'Rückzahlung')], default='forwarding', max_length=10, verbose_name='Art')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('paid_on', models.DateField(verbose_name='gezahlt am')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Grund')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='funding.forwardingcontract', verbose_name='Vertrag')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'Zahlung',
                'verbose_name_plural': 'Zahlungen',
                'ordering': ['paid_on', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'collecting'), ('submitted_on__isnull', False), _connector='OR'), name='application_submitted_on_a_day', violation_error_message='Bitte sagen, wann der Antrag gestellt wurde.'),
        ),
        migrations.AddConstraint(
            model_name='calloffunds',
            constraint=models.CheckConstraint(condition=models.Q(('spend_until__gte', models.F('spend_from'))), name='call_spending_days_in_order', violation_error_message='Das Ende der Verwendung liegt vor ihrem Anfang.'),
        ),
        migrations.AddConstraint(
            model_name='calloffunds',
            constraint=models.CheckConstraint(condition=models.Q(('received_on', None), ('received_on__gte', models.F('called_on')), _connector='OR'), name='call_received_after_called', violation_error_message='Eingehen kann Geld erst nach dem Abruf.'),
        ),
        migrations.AddConstraint(
            model_name='callshare',
            constraint=models.UniqueConstraint(fields=('call', 'carrier'), name='call_share_once', violation_error_message='Dieser Träger steht schon in diesem Mittelabruf.'),
        ),
        migrations.AddConstraint(
            model_name='callshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='call_share_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
        migrations.AddConstraint(
            model_name='carrierpart',
            constraint=models.UniqueConstraint(fields=('application', 'organisation'), name='carrier_part_once', violation_error_message='Dieser Träger hat schon einen Teil in diesem Antrag.'),
        ),
        migrations.AddConstraint(
            model_name='carrierpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'handed_in'), _negated=True), ('handed_in_on__isnull', False), _connector='OR'), name='carrier_part_handed_in_on_a_day', violation_error_message='Bitte sagen, wann der Teil eingereicht wurde.'),
        ),
        migrations.AddConstraint(
            model_name='forwardingcontract',
            constraint=models.UniqueConstraint(fields=('grant', 'organisation'), name='forwarding_contract_once', violation_error_message='Mit diesem Träger gibt es zu dieser Zuwendung schon einen Weiterleitungsvertrag.'),
        ),
        migrations.AddConstraint(
            model_name='contractyear',
            constraint=models.UniqueConstraint(fields=('contract', 'funding_year'), name='contract_year_once', violation_error_message='Für dieses Förderjahr steht schon ein Betrag im Vertrag.'),
        ),
        migrations.AddConstraint(
            model_name='contractyear',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contract_year_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['grant', 'organisation', 'funding_year', 'on', 'id'], name='entry_of_carrier'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='entry_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'expense'), _negated=True), ('line__isnull', False), _connector='OR'), name='entry_expense_has_line', violation_error_message='Bitte sagen, zu welcher Ausgabenart des Finanzierungsplans das gehört.'),
        ),
        migrations.AddConstraint(
            model_name='noticeyear',
            constraint=models.UniqueConstraint(fields=('notice', 'funding_year'), name='notice_year_once', violation_error_message='Dieses Förderjahr steht schon in diesem Bescheid.'),
        ),
        migrations.AddConstraint(
            model_name='noticeyear',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='notice_year_amount_not_negative', violation_error_message='Ein bewilligter Betrag ist nicht negativ.'),
        ),
        migrations.AddConstraint(
            model_name='partfunds',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='part_funds_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
        migrations.AddConstraint(
            model_name='partpost',
            constraint=models.CheckConstraint(condition=models.Q(('fte__gt', 0)), name='part_post_fte_positive', violation_error_message='Der Stellenumfang muss größer als 0 sein.'),
        ),
        migrations.AddConstraint(
            model_name='partpost',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='part_post_days_in_order', violation_error_message='Das Ende liegt vor dem Beginn.'),
        ),
        migrations.AddConstraint(
            model_name='partcost',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='part_cost_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['contract', 'funding_year', 'paid_on', 'id'], name='payment_of_contract'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.'),
        ),
    ]
