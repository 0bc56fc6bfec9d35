from django.db.models import TextChoices


class PeriodKind(TextChoices):
    MONTH = "month", "Monat"
    QUARTER = "quarter", "Quartal"
    YEAR = "year", "Jahr"


class SnapshotState(TextChoices):
    PREPARED = "prepared", "vorbereitet"
    RELEASED = "released", "freigegeben"
    WITHDRAWN = "withdrawn", "zurückgezogen"
