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
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('name_key', models.CharField(editable=False, max_length=170)),
                ('category', models.CharField(max_length=40, verbose_name='Art')),
                ('contact_person', models.CharField(blank=True, max_length=120, verbose_name='Ansprechperson')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
                ('address', models.TextField(blank=True, verbose_name='Anschrift')),
                ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='organisations.organisation', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'Kooperationspartner',
                'verbose_name_plural': 'Kooperationspartner',
                'ordering': ['name_key', 'id'],
                'indexes': [models.Index(fields=['organisation', 'name_key', 'id'], name='partner_by_name')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name_key'), name='partner_name_once', violation_error_message='Diesen Kooperationspartner gibt es schon.')],
            },
        ),
    ]
