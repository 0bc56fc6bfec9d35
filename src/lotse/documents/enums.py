from django.db.models import TextChoices


class Compartment(TextChoices):
    """Where a file belongs; only evidence can be linked as proof (architecture.md)."""

    CASE = "case", "Akte"
    MINUTES = "minutes", "geschütztes Protokoll"
    EVIDENCE = "evidence", "Nachweis"
    FUNDING = "funding", "Förderung"
    ON_SITE = "on_site", "nur vor Ort"


class ScanState(TextChoices):
    UNCHECKED = "unchecked", "nicht auf Viren geprüft"
    CLEAN = "clean", "auf Viren geprüft"
    QUARANTINED = "quarantined", "wartet auf die Virenprüfung"


class DeletionReason(TextChoices):
    EXPIRED = "expired", "Aufbewahrung abgelaufen"
    MISTAKE = "mistake", "irrtümlich abgelegt"
    REQUESTED = "requested", "auf Verlangen der betroffenen Person"
    OWNER_GONE = "owner_gone", "Akte oder Vorgang gelöscht"
    INFECTED = "infected", "Schadsoftware"
    WITHDRAWN = "withdrawn", "Einwilligung widerrufen"


class EvidenceKind(TextChoices):
    """model.md §9.6."""

    ATTENDANCE_LIST = "attendance_list", "Teilnehmerliste"
    PRESS = "press", "Pressemeldung"
    PHOTO = "photo", "Foto"
    FLYER = "flyer", "Flyer"
    INVOICE = "invoice", "Rechnung"
    CONTRACT = "contract", "Vertrag"
    MINUTES = "minutes", "Protokoll"
    RELEASED = "released", "freigegebenes Dokument"
    OTHER = "other", "anderer Nachweis"


class LogoSlot(TextChoices):
    """Whose mark stands on what an agency hands in (model.md §8.3 a)."""

    MINISTRY = "ministry", "Ministerium"
    ASSOCIATION = "association", "Verband"
    AGENCIES = "agencies", "Integrationsagenturen"
