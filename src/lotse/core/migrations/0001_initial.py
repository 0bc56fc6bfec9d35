import django.utils.timezone
import lotse.core.crypto
import lotse.core.ids
from django.db import migrations, models

from lotse.core.whole_tables import WholeTables


class Migration(WholeTables):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(db_index=True, verbose_name='Organisation')),
                ('wrapped', models.BinaryField(verbose_name='verpackter Schlüssel')),
                ('root_key_name', models.CharField(max_length=16, verbose_name='Hauptschlüssel')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='angelegt am')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='abgelöst am')),
            ],
            options={
                'verbose_name': 'Datenschlüssel',
                'verbose_name_plural': 'Datenschlüssel',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('organisation_id', models.BigIntegerField(verbose_name='Organisation')),
                ('owner_ref', models.CharField(max_length=16, verbose_name='Person')),
                ('form_key', models.CharField(max_length=80, verbose_name='Formular')),
                ('object_ref', models.CharField(blank=True, max_length=64, verbose_name='Gegenstand')),
                ('label', models.CharField(max_length=120, verbose_name='Bezeichnung')),
                ('url', models.CharField(max_length=300, verbose_name='Adresse')),
                ('content', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Inhalt')),
                ('based_on', models.CharField(blank=True, max_length=40, verbose_name='Stand der Vorlage')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='geändert am')),
            ],
            options={
                'verbose_name': 'Entwurf',
                'verbose_name_plural': 'Entwürfe',
                'ordering': ['-updated_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('owner_ref', 'form_key', 'object_ref'), name='draft_one_per_person_and_form', violation_error_message='Zu diesem Formular gibt es schon einen Entwurf.')],
            },
        ),
    ]
