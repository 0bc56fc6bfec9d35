import django.db.models.deletion
import django.utils.timezone
import lotse.core.ids
from django.conf import settings
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-Mail-Adresse')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='Name')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
                ('must_use_second_factor', models.BooleanField(default=False, verbose_name='zweiter Faktor Pflicht')),
                ('session_round', models.PositiveIntegerField(default=0, verbose_name='Sitzungsrunde')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='angelegt am')),
            ],
            options={
                'verbose_name': 'Konto',
                'verbose_name_plural': 'Konten',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation_id', models.BigIntegerField(db_index=True, verbose_name='Organisation')),
                ('person_ref', models.CharField(blank=True, max_length=16, verbose_name='Person')),
                ('email', models.EmailField(max_length=254, verbose_name='E-Mail-Adresse')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='Prüfsumme des Links')),
                ('expires_at', models.DateTimeField(verbose_name='gültig bis')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='angenommen am')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='zurückgezogen am')),
            ],
            options={
                'verbose_name': 'Einladung',
                'verbose_name_plural': 'Einladungen',
                'ordering': ['-created_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('organisation_id', 'email'), name='invitation_one_open_per_address', violation_error_message='Für diese Adresse ist schon eine Einladung offen.'), models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_used_or_withdrawn', violation_error_message='Eine angenommene Einladung lässt sich nicht zurückziehen.')],
            },
        ),
        migrations.CreateModel(
            name='LoginAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_key', models.CharField(max_length=64, verbose_name='Konto (Prüfsumme)')),
                ('address_key', models.CharField(max_length=64, verbose_name='Herkunft (Prüfsumme)')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='wann')),
            ],
            options={
                'verbose_name': 'Fehlversuch',
                'verbose_name_plural': 'Fehlversuche',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['account_key', 'at'], name='login_attempt_account'), models.Index(fields=['address_key', 'at'], name='login_attempt_address')],
            },
        ),
        migrations.CreateModel(
            name='RoleDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation_id', models.BigIntegerField(verbose_name='Organisation')),
                ('role', models.CharField(max_length=30, verbose_name='Rolle')),
                ('must_use_second_factor', models.BooleanField(verbose_name='zweiter Faktor Pflicht')),
            ],
            options={
                'verbose_name': 'Pflicht zum zweiten Faktor',
                'verbose_name_plural': 'Pflichten zum zweiten Faktor',
                'ordering': ['organisation_id', 'role'],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'role'), name='role_duty_once', violation_error_message='Für diese Rolle ist schon etwas festgelegt.')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('methods', models.CharField(max_length=120, verbose_name='Anmeldung mit')),
                ('device', models.CharField(blank=True, max_length=80, verbose_name='Gerät')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='beendet am')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='Konto')),
            ],
            options={
                'verbose_name': 'Anmeldung',
                'verbose_name_plural': 'Anmeldungen',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='FactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation_id', models.BigIntegerField(db_index=True, verbose_name='Organisation')),
                ('reason', models.CharField(max_length=300, verbose_name='Grund')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bestätigt am')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='verworfen am')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bestätigt von')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantragt von')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factor_resets', to=settings.AUTH_USER_MODEL, verbose_name='Konto')),
            ],
            options={
                'verbose_name': 'Zurücksetzen des zweiten Faktors',
                'verbose_name_plural': 'Zurücksetzen des zweiten Faktors',
                'ordering': ['-created_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('requested_by', models.F('user')), _negated=True), name='factor_reset_requested_by_another', violation_error_message='Den eigenen zweiten Faktor beantragt niemand selbst zurückzusetzen.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('requested_by')), _negated=True), models.Q(('confirmed_by', models.F('user')), _negated=True)), _connector='OR'), name='factor_reset_confirmed_by_another', violation_error_message='Bestätigen muss eine zweite Person.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='factor_reset_confirmation_pair', violation_error_message='Eine Bestätigung hat eine Person und ein Datum.'), models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('dropped_at', None)), fields=('user',), name='factor_reset_one_open', violation_error_message='Für dieses Konto ist das schon beantragt.')],
            },
        ),
    ]
