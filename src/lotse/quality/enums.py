from django.db.models import IntegerChoices, TextChoices


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


class ImprovementSource(TextChoices):
    """What an improvement came from (model.md §3.4)."""

    CRITERION = "criterion", "Kriterium"
    SELF_ASSESSMENT = "self_assessment", "Selbstbewertung"
    AUDIT = "audit", "Prüfung"
    COMPLAINT = "complaint", "Beschwerde"
    SUGGESTION = "suggestion", "Vorschlag"
    EVALUATION = "evaluation", "Auswertung"
    DOCUMENT = "document", "Unterlage"
    DUTY = "duty", "Dienst und Vertretung"


class ImprovementState(TextChoices):
    """The circle: plan, do, check. Acting on what the check shows is a new round, or the end."""

    PLANNED = "planned", "geplant"
    IN_WORK = "in_work", "in Arbeit"
    DONE = "done", "umgesetzt"
    CHECKED = "checked", "abgeschlossen"


class Effect(TextChoices):
    EFFECTIVE = "effective", "wirksam"
    NOT_EFFECTIVE = "not_effective", "nicht wirksam"


class NoteKind(TextChoices):
    """What a line in the history of an improvement tells."""

    RAISED = "raised", "angelegt"
    NOTE = "note", "Notiz"
    MOVED = "moved", "neu vereinbart"
    STARTED = "started", "begonnen"
    DONE = "done", "umgesetzt"
    EFFECTIVE = "effective", "wirksam"
    AGAIN = "again", "nicht wirksam, neuer Schritt"
    GIVEN_UP = "given_up", "nicht wirksam, beendet"


class Voice(TextChoices):
    """What somebody who is counselled tells a carrier about itself."""

    COMPLAINT = "complaint", "Beschwerde"
    PRAISE = "praise", "Lob"
    IDEA = "idea", "Anregung"


class ComplaintWay(TextChoices):
    IN_PERSON = "in_person", "persönlich"
    PHONE = "phone", "am Telefon"
    LETTER = "letter", "Brief"
    EMAIL = "email", "E-Mail"
    FORM = "form", "Formular"


class ComplaintTopic(TextChoices):
    REACH = "reach", "Erreichbarkeit und Wartezeit"
    MANNER = "manner", "Umgang miteinander"
    ADVICE = "advice", "Inhalt der Beratung"
    LANGUAGE = "language", "Verständigung"
    PRIVACY = "privacy", "Datenschutz"
    UNEQUAL = "unequal", "Benachteiligung"
    ROOMS = "rooms", "Zugang und Räume"
    OTHER = "other", "anderes"


class ComplaintResult(TextChoices):
    JUSTIFIED = "justified", "berechtigt"
    PARTLY = "partly", "teilweise berechtigt"
    NOT_JUSTIFIED = "not_justified", "nicht berechtigt"


class SuggestionResult(TextChoices):
    TAKEN = "taken", "aufgenommen"
    DECLINED = "declined", "nicht aufgenommen"


class DutyKind(TextChoices):
    OPEN_HOURS = "open_hours", "Offene Sprechzeit"
    COUNSELLING = "counselling", "Beratung mit Termin"
    PHONE = "phone", "Telefondienst"
    COURSE = "course", "Im Kurs vor Ort"
    OTHER = "other", "Anderer Dienst"


class Weekday(IntegerChoices):
    MONDAY = 0, "Montag"
    TUESDAY = 1, "Dienstag"
    WEDNESDAY = 2, "Mittwoch"
    THURSDAY = 3, "Donnerstag"
    FRIDAY = 4, "Freitag"
    SATURDAY = 5, "Samstag"
    SUNDAY = 6, "Sonntag"


class AwayKind(TextChoices):
    """Of an illness nothing is stored: it is "other", like everything else."""

    VACATION = "vacation", "Urlaub"
    OTHER = "other", "anderes"


class DutyGap(TextChoices):
    """What is wrong with a duty."""

    NOBODY = "nobody", "niemand"
    AWAY = "away", "abwesend"
    TWICE = "twice", "doppelt"


class CoverScope(TextChoices):
    ALL = "all", "alles"
    PHONE = "phone", "nur Telefon"
    URGENT = "urgent", "nur Dringendes"


class RosterState(TextChoices):
    SHOWN = "shown", "wird abgestimmt"
    RELEASED = "released", "gilt"


class RosterReply(TextChoices):
    OPEN = "open", "noch keine Antwort"
    AGREES = "agrees", "einverstanden"
    WISHES = "wishes", "hat einen Wunsch"


class WishState(TextChoices):
    """What became of a wish."""

    GRANTED = "granted", "umgesetzt"
    PARTLY = "partly", "zum Teil umgesetzt"
    DECLINED = "declined", "nicht möglich"


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


class Better(TextChoices):
    """Which side of its threshold is the good one for a figure."""

    HIGHER = "higher", "mindestens"
    LOWER = "lower", "höchstens"
