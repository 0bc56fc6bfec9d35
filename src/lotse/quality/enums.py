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


class CertificationState(TextChoices):
    """model.md §12.6. That a certificate is valid, expires soon or has expired is worked out from its days (QM-08)."""

    REGISTERED = "registered", "angemeldet"
    CONTRACT_SIGNED = "contract_signed", "Vertrag geschlossen"
    SCHEDULE_AGREED = "schedule_agreed", "Zeitplan vereinbart"
    CHECKLIST_SUBMITTED = "checklist_submitted", "Checkliste eingereicht"
    DOCUMENTS_REVIEWED = "documents_reviewed", "Dokumente geprüft"
    REWORK = "rework", "in Nachbearbeitung"
    VISIT_DONE = "visit_done", "Einrichtung besucht"
    AUDIT_REPORT_PRESENTED = "audit_report_presented", "Auditbericht vorgelegt"
    GRANTED = "granted", "erteilt"
    CONDITIONS = "conditions", "mit Auflagen"
    REFUSED = "refused", "nicht erteilt"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class Station(TextChoices):
    """model.md §4.2."""

    CONTRACT = "1", "Anmeldung und Vertrag"
    SCHEDULE = "2", "Erstgespräch und Zeitplan"
    CHECKLIST = "3", "Checkliste und Nachweise"
    REVIEW = "4", "Dokumentenprüfung und Rückmeldebericht"
    VISIT = "5", "Einrichtungsbesuch"
    REPORT = "6", "Auditbericht an den Beirat"
    DECISION = "7", "Entscheidung des Beirats"
    CERTIFICATE = "8", "Zertifikat für drei Jahre"


class Side(TextChoices):
    ORGANISATION = "organisation", "Träger"
    ASSESSOR = "assessor", "Begutachtung"
    BOARD = "board", "Beirat"


class SubmissionMode(TextChoices):
    """How a document is shown to the assessors (model.md §4.3, DP-09)."""

    SUBMIT = "submit", "eingereicht"
    ON_SITE_ONLY = "on_site_only", "nur vor Ort"
    REVISED = "revised_after_feedback", "nachbearbeitet"


class Outcome(TextChoices):
    """What is recommended and decided."""

    GRANTED = "granted", "erteilen"
    CONDITIONS = "conditions", "mit Auflagen erteilen"
    REFUSED = "refused", "nicht erteilen"


class Vote(TextChoices):
    YES = "yes", "Ja"
    NO = "no", "Nein"
    ABSTAIN = "abstain", "Enthaltung"


class Validity(TextChoices):
    """Of a certificate, on a day (QM-08)."""

    VALID = "valid", "gültig"
    EXPIRING = "expiring", "läuft bald ab"
    EXPIRED = "expired", "abgelaufen"
    REVOKED = "revoked", "entzogen"


class AnswerState(TextChoices):
    """Of an answer file that came from a body without an account."""

    BROUGHT = "brought", "eingelesen"
    TAKEN = "taken", "übernommen"
    DROPPED = "dropped", "verworfen"
