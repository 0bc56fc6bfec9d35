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
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('key', models.CharField(max_length=60, verbose_name='Kennung')),
                ('version', models.CharField(max_length=40, verbose_name='Fassung')),
                ('title', models.CharField(max_length=200, verbose_name='Titel')),
                ('source', models.CharField(max_length=300, verbose_name='Quelle')),
                ('is_example', models.BooleanField(default=False, verbose_name='ist ein Beispiel')),
                ('taken_on', models.DateField(verbose_name='übernommen am')),
            ],
            options={
                'verbose_name': 'Kriterienkatalog',
                'verbose_name_plural': 'Kriterienkataloge',
                'ordering': ['title', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key', 'version'), name='framework_version_once', violation_error_message='Diese Fassung des Katalogs gibt es hier schon.')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='quality.framework', verbose_name='Katalog')),
                ('number', models.CharField(max_length=20, verbose_name='Nummer')),
                ('title', models.CharField(max_length=200, verbose_name='Titel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Stelle')),
            ],
            options={
                'verbose_name': 'Bereich eines Katalogs',
                'verbose_name_plural': 'Bereiche eines Katalogs',
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'number'), name='area_number_once', violation_error_message='Diesen Bereich gibt es im Katalog schon.')],
            },
        ),
        migrations.CreateModel(
            name='SelfAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='quality.framework', verbose_name='Katalog')),
                ('title', models.CharField(max_length=160, verbose_name='Titel')),
                ('begins_on', models.DateField(verbose_name='Zeitraum von')),
                ('ends_on', models.DateField(verbose_name='Zeitraum bis')),
                ('state', models.CharField(choices=[('running', 'läuft'), ('reviewed', 'geprüft'), ('closed', 'abgeschlossen')], default='running', max_length=10, verbose_name='Stand')),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.selfassessment', verbose_name='übernommen aus')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='abgeschlossen am')),
            ],
            options={
                'verbose_name': 'Selbstbewertung',
                'verbose_name_plural': 'Selbstbewertungen',
                'ordering': ['-ends_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='assessment_days_in_order', violation_error_message='Das Ende liegt vor dem Beginn.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='assessment_closed_on_a_day', violation_error_message='Abgeschlossen ist eine Selbstbewertung an einem Tag.'), models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('framework',), name='assessment_one_open', violation_error_message='Zu diesem Katalog läuft schon eine Selbstbewertung.')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='quality.framework', verbose_name='Katalog')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='quality.area', verbose_name='Bereich')),
                ('slug', models.CharField(max_length=60, verbose_name='Kennung')),
                ('code', models.CharField(max_length=40, verbose_name='gedruckte Nummer')),
                ('kind', models.CharField(choices=[('ensure', 'sicherstellen'), ('define', 'festlegen'), ('communicate', 'bekannt machen')], max_length=12, verbose_name='Art')),
                ('text', models.CharField(max_length=1000, verbose_name='Text')),
                ('printed_note', models.CharField(blank=True, max_length=300, verbose_name='Wortlaut der Quelle')),
                ('refers_to', models.CharField(blank=True, max_length=20, verbose_name='verweist auf Bereich')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Stelle')),
            ],
            options={
                'verbose_name': 'Kriterium',
                'verbose_name_plural': 'Kriterien',
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'slug'), name='criterion_slug_once', violation_error_message='Diese Kennung gibt es im Katalog schon.')],
            },
        ),
        migrations.CreateModel(
            name='CriterionPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='quality.criterion', verbose_name='Kriterium')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Stelle')),
                ('text', models.CharField(max_length=500, verbose_name='Text')),
            ],
            options={
                'verbose_name': 'Teilanforderung',
                'verbose_name_plural': 'Teilanforderungen',
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('criterion', 'position'), name='criterion_part_position_once', violation_error_message='An dieser Stelle steht schon eine Teilanforderung.')],
            },
        ),
        migrations.CreateModel(
            name='CriterionLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('from_criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='quality.criterion', verbose_name='Kriterium')),
                ('to_criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='quality.criterion', verbose_name='zugeordnetes Kriterium')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Anmerkung')),
            ],
            options={
                'verbose_name': 'Zuordnung von Kriterien',
                'verbose_name_plural': 'Zuordnungen von Kriterien',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('from_criterion', 'to_criterion'), name='criterion_link_once', violation_error_message='Diese Kriterien sind einander schon zugeordnet.'), models.CheckConstraint(condition=models.Q(('from_criterion', models.F('to_criterion')), _negated=True), name='criterion_link_of_two', violation_error_message='Ein Kriterium lässt sich nicht sich selbst zuordnen.')],
            },
        ),
        migrations.CreateModel(
            name='ManualReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='quality.criterion', verbose_name='Kriterium')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='Stelle im QM-Handbuch')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='Link')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Stand')),
            ],
            options={
                'verbose_name': 'Fundstelle im QM-Handbuch',
                'verbose_name_plural': 'Fundstellen im QM-Handbuch',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('criterion',), name='manual_reference_one_each', violation_error_message='Zu diesem Kriterium gibt es schon eine Fundstelle.')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='quality.selfassessment', verbose_name='Selbstbewertung')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='quality.criterion', verbose_name='Kriterium')),
                ('rating', models.CharField(blank=True, choices=[('fulfilled', 'erfüllt'), ('partly', 'teilweise erfüllt'), ('not_fulfilled', 'nicht erfüllt'), ('not_applicable', 'nicht anwendbar')], max_length=14, verbose_name='Bewertung')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Grund')),
                ('finding', lotse.core.crypto.SealedTextField(blank=True, verbose_name='Feststellung')),
                ('to_recheck', models.BooleanField(default=False, verbose_name='neu zu prüfen')),
                ('assessed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='bewertet von')),
                ('assessed_at', models.DateTimeField(blank=True, null=True, verbose_name='bewertet am')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.person', verbose_name='geprüft von')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='geprüft am')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='Stand')),
            ],
            options={
                'verbose_name': 'Bewertung eines Kriteriums',
                'verbose_name_plural': 'Bewertungen von Kriterien',
                'ordering': ['criterion__position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'criterion'), name='judgement_one_each', violation_error_message='Dieses Kriterium steht schon in der Selbstbewertung.'), models.CheckConstraint(condition=models.Q(models.Q(('rating', 'not_applicable'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='judgement_not_applicable_says_why', violation_error_message='Bitte angeben, warum das Kriterium nicht anwendbar ist.'), models.CheckConstraint(condition=models.Q(('rating', ''), models.Q(('assessed_at__isnull', False), ('assessed_by__isnull', False)), _connector='OR'), name='judgement_made_by_somebody', violation_error_message='Eine Bewertung hat jemand an einem Tag abgegeben.'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(models.Q(('rating', ''), _negated=True), ('to_recheck', False), models.Q(('reviewed_by', models.F('assessed_by')), _negated=True)), _connector='OR'), name='judgement_reviewed_by_another', violation_error_message='Eine Bewertung prüft jemand anderes als die Person, die bewertet hat.')],
            },
        ),
        migrations.CreateModel(
            name='PartJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=lotse.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Träger')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='quality.judgement', verbose_name='Bewertung')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.criterionpart', verbose_name='Teilanforderung')),
                ('rating', models.CharField(choices=[('fulfilled', 'erfüllt'), ('partly', 'teilweise erfüllt'), ('not_fulfilled', 'nicht erfüllt'), ('not_applicable', 'nicht anwendbar')], max_length=14, verbose_name='Bewertung')),
            ],
            options={
                'verbose_name': 'Bewertung einer Teilanforderung',
                'verbose_name_plural': 'Bewertungen von Teilanforderungen',
                'ordering': ['part__position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('judgement', 'part'), name='part_judgement_one_each', violation_error_message='Diese Teilanforderung ist schon bewertet.')],
            },
        ),
    ]
