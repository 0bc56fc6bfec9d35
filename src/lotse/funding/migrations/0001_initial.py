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
            name='CallOfFunds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='programmes.grant', verbose_name='Zuwendung')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('called_on', models.DateField(verbose_name='abgerufen am')),
                ('spend_from', models.DateField(verbose_name='zu verwenden von')),
                ('spend_until', models.DateField(verbose_name='zu verwenden bis')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='eingegangen am')),
            ],
            options={
                'verbose_name': 'Mittelabruf',
                'verbose_name_plural': 'Mittelabrufe',
                'ordering': ['called_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('spend_until__gte', models.F('spend_from'))), name='call_spending_days_in_order', violation_error_message='Das Ende der Verwendung liegt vor ihrem Anfang.'), models.CheckConstraint(condition=models.Q(('received_on', None), ('received_on__gte', models.F('called_on')), _connector='OR'), name='call_received_after_called', violation_error_message='Eingehen kann Geld erst nach dem Abruf.')],
            },
        ),
        migrations.CreateModel(
            name='CallShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Zuwendungsempfänger')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='funding.calloffunds', verbose_name='Mittelabruf')),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
            ],
            options={
                'verbose_name': 'Anteil am Mittelabruf',
                'verbose_name_plural': 'Anteile am Mittelabruf',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('call', 'carrier'), name='call_share_once', violation_error_message='Dieser Träger steht schon in diesem Mittelabruf.'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='call_share_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.')],
            },
        ),
        migrations.CreateModel(
            name='ForwardingContract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='programmes.grant', verbose_name='Zuwendung')),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('carrier_signed_on', models.DateField(blank=True, null=True, verbose_name='vom Träger unterschrieben am')),
                ('district_signed_on', models.DateField(blank=True, null=True, verbose_name='vom Zuwendungsempfänger unterschrieben am')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='Vertrag als Datei')),
            ],
            options={
                'verbose_name': 'Weiterleitungsvertrag',
                'verbose_name_plural': 'Weiterleitungsverträge',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('grant', 'carrier'), name='forwarding_contract_once', violation_error_message='Mit diesem Träger gibt es zu dieser Zuwendung schon einen Weiterleitungsvertrag.')],
            },
        ),
        migrations.CreateModel(
            name='ContractYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='funding.forwardingcontract', verbose_name='Vertrag')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
            ],
            options={
                'verbose_name': 'Vertragsjahr',
                'verbose_name_plural': 'Vertragsjahre',
                'ordering': ['funding_year', 'id'],
                'constraints': [models.UniqueConstraint(fields=('contract', 'funding_year'), name='contract_year_once', violation_error_message='Für dieses Förderjahr steht schon ein Betrag im Vertrag.'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contract_year_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='programmes.grant', verbose_name='Zuwendung')),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('kind', models.CharField(choices=[('expense', 'Ausgabe'), ('own_share', 'Eigenanteil'), ('income', 'andere Einnahme')], max_length=10, verbose_name='Art')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('on', models.DateField(verbose_name='Datum')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('payee', models.CharField(max_length=160, verbose_name='an oder von wem')),
                ('reason', models.CharField(max_length=200, verbose_name='wofür')),
                ('voucher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='programmes.voucher', verbose_name='Beleg')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='funding.ledgerentry', verbose_name='nimmt zurück')),
            ],
            options={
                'verbose_name': 'Buchung',
                'verbose_name_plural': 'Buchungen',
                'ordering': ['on', 'id'],
                'indexes': [models.Index(fields=['grant', 'carrier', 'funding_year', 'on', 'id'], name='entry_of_carrier')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='entry_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='funding.forwardingcontract', verbose_name='Vertrag')),
                ('kind', models.CharField(choices=[('forwarding', 'Weiterleitung'), ('repayment', 'Rückzahlung')], default='forwarding', max_length=10, verbose_name='Art')),
                ('funding_year', models.PositiveSmallIntegerField(verbose_name='Förderjahr')),
                ('paid_on', models.DateField(verbose_name='gezahlt am')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Betrag in Euro')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Grund')),
            ],
            options={
                'verbose_name': 'Zahlung',
                'verbose_name_plural': 'Zahlungen',
                'ordering': ['paid_on', 'id'],
                'indexes': [models.Index(fields=['contract', 'funding_year', 'paid_on', 'id'], name='payment_of_contract')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_amount_positive', violation_error_message='Bitte einen Betrag über 0 Euro angeben.')],
            },
        ),
    ]
