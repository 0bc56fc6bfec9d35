from django.db.models import TextChoices


class ClosingState(TextChoices):
    OPEN = "open", "zusammengestellt"
    APPROVED = "approved", "freigegeben"
    ACCEPTED = "accepted", "angenommen"
    LOCKED = "locked", "festgeschrieben"
    REOPENED = "reopened", "wieder geöffnet"
    REPLACED = "replaced", "ersetzt"


class Direction(TextChoices):
    BELOW = "below", "meldet an uns"
    ABOVE = "above", "an sie melden wir"
