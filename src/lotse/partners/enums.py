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


class Priority(TextChoices):
    """How much a programme needs a partner, the highest first (model.md §7.1)."""

    MANDATORY = "mandatory", "zwingend"
    REQUIRED = "required", "erforderlich"
    INTERNAL = "internal", "im eigenen Verband"
    FURTHER = "further", "weiterer Partner"


class Closeness(TextChoices):
    """How close two work together, the closest first."""

    BINDING = "binding", "arbeiten verbindlich zusammen"
    COORDINATES = "coordinates", "stimmen sich ab"
    EXCHANGES = "exchanges", "tauschen sich aus"
    KNOWS = "knows", "kennen sich"


class Quality(TextChoices):
    """How the cooperation goes, in words: a number would pretend to know it exactly."""

    GOOD = "good", "gut"
    IMPROVABLE = "improvable", "ausbaufähig"
    DIFFICULT = "difficult", "schwierig"
    NONE = "none", "noch keine"


class ContactKind(TextChoices):
    CALL = "call", "Telefonat"
    VISIT = "visit", "Besuch"
    MEETING = "meeting", "Treffen"
    MAIL = "mail", "E-Mail oder Brief"
