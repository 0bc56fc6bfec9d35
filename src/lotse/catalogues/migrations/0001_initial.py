import django.db.models.deletion
import django.utils.timezone
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
            name='CatalogueOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('catalogue', models.CharField(max_length=40, verbose_name='Liste')),
                ('key', models.CharField(max_length=60, verbose_name='Schlüssel')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='Bezeichnung')),
                ('group', models.CharField(blank=True, max_length=60, verbose_name='Gruppe')),
                ('hidden', models.BooleanField(default=False, verbose_name='nicht anbieten')),
                ('order', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Platz')),
                ('text', models.TextField(blank=True, verbose_name='Text')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gilt ab')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gilt bis')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'eigener Listeneintrag',
                'verbose_name_plural': 'eigene Listeneinträge',
                'ordering': ['catalogue', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'catalogue', 'key'), name='catalogue_override_once', violation_error_message='Dieser Eintrag ist schon angepasst.'), models.CheckConstraint(condition=models.Q(('hidden', False), ('label', ''), ('order__isnull', True), ('text', ''), ('valid_from__isnull', True), ('valid_to__isnull', True), _negated=True), name='catalogue_override_changes_something', violation_error_message='Bitte eine Bezeichnung oder einen Platz angeben oder den Eintrag ausblenden.'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='catalogue_override_ends_after_begin', violation_error_message='„Gilt bis“ liegt vor „gilt ab“.'), models.CheckConstraint(condition=models.Q(('order__isnull', True), ('order__gte', 1), _connector='OR'), name='catalogue_override_order_from_one', violation_error_message='Der erste Platz ist 1.')],
            },
        ),
        migrations.CreateModel(
            name='TextRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('text_key', models.CharField(max_length=60, verbose_name='Text')),
                ('language', models.CharField(max_length=20, verbose_name='Sprache')),
                ('version', models.CharField(max_length=40, verbose_name='Fassung')),
                ('reviewed_on', models.DateField(verbose_name='geprüft am')),
                ('reviewed_by_name', models.CharField(max_length=120, verbose_name='geprüft von')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'freigegebene Übersetzung',
                'verbose_name_plural': 'freigegebene Übersetzungen',
                'ordering': ['-reviewed_on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'text_key', 'language', 'version'), name='text_release_once', violation_error_message='Diese Fassung ist schon freigegeben.')],
            },
        ),
    ]
