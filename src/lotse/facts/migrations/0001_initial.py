import django.core.validators
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
            name='FigureSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('key', models.CharField(max_length=60, verbose_name='Wert')),
                ('value', models.CharField(max_length=20, verbose_name='gesetzt auf')),
                ('valid_from', models.DateField(verbose_name='gilt ab')),
            ],
            options={
                'verbose_name': 'Wert für Kennzahlen',
                'verbose_name_plural': 'Werte für Kennzahlen',
                'ordering': ['key', '-valid_from', '-id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key', 'valid_from'), name='figure_setting_once')],
            },
        ),
        migrations.CreateModel(
            name='YearlyRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('indicator', models.CharField(max_length=60, verbose_name='Indikator')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Jahr')),
                ('rating', models.PositiveSmallIntegerField(verbose_name='Einschätzung')),
                ('reason', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Begründung')),
                ('by_label', models.CharField(max_length=160, verbose_name='eingeschätzt von')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Bearbeitungsstand')),
            ],
            options={
                'verbose_name': 'Einschätzung des Jahres',
                'verbose_name_plural': 'Einschätzungen des Jahres',
                'ordering': ['-year', 'indicator'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'indicator', 'year'), name='yearly_rating_once'), models.CheckConstraint(condition=models.Q(('rating__gte', 1), ('rating__lte', 4)), name='yearly_rating_one_to_four', violation_error_message='Bitte eine Stufe von 1 bis 4 wählen.')],
            },
        ),
        migrations.CreateModel(
            name='FigureTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('figure', models.CharField(max_length=60, verbose_name='Kennzahl')),
                ('aim', models.CharField(choices=[('at_least', 'mindestens'), ('at_most', 'höchstens')], max_length=10, verbose_name='Richtung')),
                ('value', models.PositiveIntegerField(verbose_name='Zielwert')),
                ('unit', models.CharField(max_length=40, verbose_name='Einheit')),
                ('until', models.DateField(verbose_name='bis')),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='zuständig')),
                ('measures', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Maßnahmen')),
                ('decided_on', models.DateField(verbose_name='beschlossen am')),
                ('review_on', models.DateField(verbose_name='nächste Besprechung')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='beendet am')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Bearbeitungsstand')),
            ],
            options={
                'verbose_name': 'Ziel einer Kennzahl',
                'verbose_name_plural': 'Ziele von Kennzahlen',
                'ordering': ['-decided_on', '-id'],
                'indexes': [models.Index(condition=models.Q(('ended_on', None)), fields=['responsible', 'review_on'], name='figure_target_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('organisation', 'figure'), name='figure_target_one_in_force', violation_error_message='Für diese Kennzahl gilt schon ein Ziel. Bitte das Ziel öffnen und dort ändern oder beenden.'), models.CheckConstraint(condition=models.Q(models.Q(('unit', '%'), _negated=True), ('value__lte', 100), _connector='OR'), name='figure_target_up_to_all', violation_error_message='Mehr als 100 Prozent gibt es nicht.'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('decided_on'))), name='figure_target_until_after_decision', violation_error_message='„Bis“ liegt vor dem Beschluss.'), models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('decided_on'))), name='figure_target_review_after_decision', violation_error_message='Die nächste Besprechung liegt nach dem Beschluss.'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('decided_on')), _connector='OR'), name='figure_target_end_after_decision', violation_error_message='Das Ende liegt vor dem Beschluss.')],
            },
        ),
        migrations.CreateModel(
            name='TargetReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Organisation')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='facts.figuretarget', verbose_name='Ziel')),
                ('on', models.DateField(verbose_name='besprochen am')),
                ('standing', models.CharField(max_length=40, verbose_name='Stand')),
                ('conclusion', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Ergebnis')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='nächste Besprechung')),
                ('by_label', models.CharField(max_length=160, verbose_name='festgehalten von')),
            ],
            options={
                'verbose_name': 'Besprechung eines Ziels',
                'verbose_name_plural': 'Besprechungen eines Ziels',
                'ordering': ['-on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gt', models.F('on')), _connector='OR'), name='target_review_next_after', violation_error_message='Die nächste Besprechung liegt nach dieser.')],
            },
        ),
    ]
