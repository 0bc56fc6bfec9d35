from django.db.models import TextChoices


class AuditKind(TextChoices):
    """All but the first come from outside."""

    INTERNAL = "internal", "internes Audit"
    SURVEILLANCE = "surveillance", "Überwachungsaudit"
    CERTIFICATION = "certification", "Zertifizierungsaudit"
    FUNDER = "funder", "Prüfung durch Zuwendungsgeber"


class AuditState(TextChoices):
    """From `held` on it follows from the findings: answered, then each with an improvement; closed by somebody."""

    PLANNED = "planned", "geplant"
    PREPARED = "prepared", "vorbereitet"
    HELD = "held", "durchgeführt"
    ANSWERED = "statement", "Stellungnahme liegt vor"
    FOLLOWED_UP = "followed_up", "Verbesserungen laufen"
    CLOSED = "closed", "abgeschlossen"
    CALLED_OFF = "called_off", "entfallen"


class CheckResult(TextChoices):
    CONFORM = "conform", "erfüllt"
    FINDING = "finding", "Feststellung"


class FindingGrade(TextChoices):
    """The gravest first."""

    MAJOR = "major", "Hauptabweichung"
    MINOR = "minor", "Nebenabweichung"
    OBSERVATION = "observation", "Hinweis"
    OPPORTUNITY = "opportunity", "Verbesserungspotenzial"
    GOOD_PRACTICE = "good_practice", "gute Praxis"
