from django.db.models import TextChoices


class Moment(TextChoices):
    SINGLE = "single", "einmal"
    BEFORE = "before", "vorher"
    AFTER = "after", "nachher"
