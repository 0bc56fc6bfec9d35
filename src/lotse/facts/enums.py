from django.db.models import TextChoices


class Aim(TextChoices):
    AT_LEAST = "at_least", "mindestens"
    AT_MOST = "at_most", "höchstens"
