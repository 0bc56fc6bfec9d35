import django.db.models.deletion
import django.utils.timezone
import lotse.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
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
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fundings', to='organisations.postshare', verbose_name='Stellenanteil')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_fundings', to='programmes.programme', verbose_name='Programm')),
            ],
            options={
                'verbose_name': 'Stellenfinanzierung',
                'verbose_name_plural': 'Stellenfinanzierungen',
                'ordering': ['-valid_from', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='post_funding_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.CheckConstraint(condition=models.Q(('fte__gt', 0), ('fte__lte', 1)), name='post_funding_fte_between_0_and_1', violation_error_message='Ein Anteil liegt zwischen 0,01 und 1,00.')],
            },
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
                'constraints': [models.UniqueConstraint(fields=('programme', 'year'), name='funding_year_once'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='funding_year_end_after_begin', violation_error_message='Das Förderjahr endet vor seinem Beginn.')],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='programme_name_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.'), models.UniqueConstraint(fields=('programme', 'valid_from'), name='programme_name_one_a_day', violation_error_message='An diesem Tag beginnt schon ein anderer Name.')],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='site_offer_end_after_begin', violation_error_message='Das Ende liegt vor dem Beginn.')],
            },
        ),
    ]
