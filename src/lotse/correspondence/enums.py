from django.db.models import TextChoices


class MailState(TextChoices):
    WAITING = "waiting", "wartet"
    SENT = "sent", "verschickt"
    FAILED = "failed", "nicht zustellbar"
