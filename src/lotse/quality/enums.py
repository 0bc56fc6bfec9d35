from django.db.models import TextChoices


class CriterionKind(TextChoices):
    """What a criterion asks for (model.md §3.1)."""

    ENSURE = "ensure", "sicherstellen"
    DEFINE = "define", "festlegen"
    COMMUNICATE = "communicate", "bekannt machen"


class Rating(TextChoices):
    FULFILLED = "fulfilled", "erfüllt"
    PARTLY = "partly", "teilweise erfüllt"
    NOT_FULFILLED = "not_fulfilled", "nicht erfüllt"
    NOT_APPLICABLE = "not_applicable", "nicht anwendbar"


class AssessmentState(TextChoices):
    """Reviewed: everything is judged, and a second person has looked at each judgement."""

    RUNNING = "running", "läuft"
    REVIEWED = "reviewed", "geprüft"
    CLOSED = "closed", "abgeschlossen"


class Change(TextChoices):
    """A judgement beside the one of the period before."""

    BETTER = "better", "besser"
    WORSE = "worse", "schlechter"
    SAME = "same", "gleich"
    OTHER = "other", "anders"
    NEW = "new", "neu"


class DocumentKind(TextChoices):
    """What a governed document is (model.md §3.3, criteria 1.1 to 2.2)."""

    MISSION = "mission", "Leitbild"
    CONCEPT = "concept", "Konzeption"
    SERVICE = "service", "Leistungsbeschreibung"
    PROCEDURE = "procedure", "Verfahren"
    PROCESS = "process", "Prozessbeschreibung"
    FORM = "form", "Formular"
    INSTRUCTION = "instruction", "Dienstanweisung"
    STANDARD = "standard", "Standard"


class VersionState(TextChoices):
    """What was decided; from which day to which an approved version holds says its dates."""

    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "wartet auf Freigabe"
    APPROVED = "approved", "freigegeben"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class ReviewResult(TextChoices):
    UNCHANGED = "unchanged", "gilt unverändert weiter"
    NEW_VERSION = "new_version", "braucht eine neue Fassung"


class EquipmentKind(TextChoices):
    DEVICE = "device", "technisches Gerät"
    FURNITURE = "furniture", "Möbel"
    VEHICLE = "vehicle", "Fahrzeug"
    SAFETY = "safety", "Sicherheit und Erste Hilfe"
    MATERIAL = "material", "Arbeitsmaterial"
    CONSUMABLE = "consumable", "Verbrauchsmaterial"


class CheckResult(TextChoices):
    OK = "ok", "in Ordnung"
    DEFECT = "defect", "Mangel"
    DISCARDED = "discarded", "ausgemustert"
