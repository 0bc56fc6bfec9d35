from django.db.models import TextChoices


class CooperationKind(TextChoices):
    """What two institutions agree on (model.md §11, document 7)."""

    COURSE = "course_provider", "Begleitung im Integrationskurs"
    OPENING = "opening", "Interkulturelle Öffnung"
    MEASURE = "joint_measure", "Gemeinsame Maßnahme"


class CooperationEnd(TextChoices):
    DONE = "done", "Zweck erreicht"
    PARTNER = "partner", "Partner hat beendet"
    HOUSE = "house", "wir haben beendet"
    REVISED = "revised", "durch eine neue Fassung ersetzt"


class CooperationState(TextChoices):
    DRAFT = "draft", "in Vorbereitung"
    CHECKED = "checked", "wartet auf Unterschrift"
    COMING = "coming", "unterschrieben, gilt noch nicht"
    IN_FORCE = "in_force", "gilt"
    EXPIRED = "expired", "abgelaufen"
    ENDED = "ended", "beendet"
