"""Closed lists that rules depend on; open lists stand in `catalogues`. Values are the codes of model.md."""

from django.db.models import TextChoices


class Tier(TextChoices):
    """model.md §5.2."""

    SINGLE_ENQUIRY = "single_enquiry", "Einmalige Anfrage"
    BASIC_COUNSELLING = "basic_counselling", "Einfache Beratung"
    CASE_MANAGEMENT = "case_management", "Ausführliche Fallsteuerung"


class CaseState(TextChoices):
    """model.md §12.1."""

    FIRST_CONTACT = "open_first_contact", "Erstkontakt"
    IN_COUNSELLING = "in_counselling", "in Beratung"
    IN_CASE_MANAGEMENT = "in_case_management", "in Fallsteuerung"
    EVALUATING = "evaluating", "in Auswertung"
    SUSTAINABILITY_CHECK = "sustainability_check", "Nachhaltigkeit wird geprüft"
    CLOSED = "closed", "abgeschlossen"
    CLOSED_SINGLE = "closed_single", "Anliegen geklärt"
    CLOSED_REFERRED = "closed_referred", "weiterverwiesen"
    ABORTED = "aborted", "nicht zustande gekommen oder abgebrochen"
    DEPARTED = "departed", "ausgereist"
    MERGED = "merged", "in einem anderen Fall weitergeführt"
    HANDED_OVER = "handed_over", "in einem anderen Programm fortgeführt"


class Act(TextChoices):
    """The separate acts a person decides on (model.md §5.2, §6.3). Three open Teil A, the fourth its health chapter."""

    AGREEMENT = "counselling_agreement", "Beratungsvereinbarung"
    RECORDING = "recording", "Einwilligung und Datenschutz"
    COMPETENCE = "competence_recording", "Einwilligung zur Kompetenzerfassung"
    HEALTH = "health_data", "Einwilligung zu Gesundheitsdaten"
    EMAIL = "email_channel", "Nachrichten per E-Mail"
    DISCLOSURE = "disclosure", "Weitergabe an Dritte"
    JOINT = "joint_counselling", "Beratung durch zwei Dienste"


class ConsentState(TextChoices):
    """model.md §12.9."""

    REQUESTED = "requested", "angefragt"
    GIVEN = "given", "erteilt"
    REFUSED = "refused", "abgelehnt"
    WITHDRAWN = "withdrawn", "widerrufen"
    EXPIRED = "expired", "abgelaufen"


class ConsentForm(TextChoices):
    WRITTEN = "written", "schriftlich"
    ELECTRONIC = "electronic", "elektronisch"
    ORAL = "oral", "mündlich, dokumentiert"


class PlanState(TextChoices):
    """model.md §12.2."""

    DRAFT = "draft", "Entwurf"
    AGREED = "agreed", "vereinbart"
    IN_IMPLEMENTATION = "in_implementation", "in Umsetzung"
    COMPLETED = "completed", "abgeschlossen"
    NOT_MATERIALISED = "not_materialised", "nicht zustande gekommen oder abgebrochen"
    DEPARTED = "departed", "Ausreise"
    NO_FURTHER_NEED = "no_further_need", "kein weiterer Bedarf"


class PlanStatusValue(TextChoices):
    """State of the plan at a key date, four values (model.md §6.1)."""

    IN_IMPLEMENTATION = "in_implementation", "befindet sich in der Umsetzung"
    NOT_MATERIALISED = "not_materialised", "kam nicht zustande / Abbruch"
    DEPARTED = "departed", "Ausreise"
    NO_FURTHER_NEED = "no_further_need", "kein weiterer Bedarf"


class Achievement(TextChoices):
    YES = "yes", "ja"
    NO = "no", "nein"
    PARTLY = "partly", "z. T."
    IN_PROGRESS = "in_progress", "i. B."


class Who(TextChoices):
    CLIENT = "client", "Klient*in"
    COUNSELLOR = "counsellor", "Berater*in"
    PARTNER = "partner", "Partner"
    OTHER = "other", "andere"


class Precision(TextChoices):
    DAY = "day", "genau"
    MONTH = "month", "Monat bekannt"
    YEAR = "year", "Jahr bekannt"
    ESTIMATED = "estimated", "geschätzt"


class Outcome(TextChoices):
    """Result of a first contact (model.md §5.1)."""

    RESOLVED = "resolved", "Anliegen geklärt"
    REFERRED = "referred", "Verweisberatung"
    FURTHER_COUNSELLING = "further_counselling", "weitere Beratungsgespräche angeboten"
    CASE_MANAGEMENT = "case_management", "Case Management"


class Relation(TextChoices):
    CHILD = "child", "Kind"
    PARTNER = "partner", "Partner*in"
    PARENT = "parent", "Elternteil"
    SIBLING = "sibling", "Geschwister"
    OTHER = "other", "andere"


class Attends(TextChoices):
    """Where a child goes by day."""

    DAYCARE = "daycare", "Kita oder Tagespflege"
    SCHOOL = "school", "Schule"
    TRAINING = "training", "Ausbildung"
    NOTHING = "nothing", "nichts davon"


class AssessmentKind(TextChoices):
    SOCIAL = "social", "Sozialanalyse"
    COMPETENCE = "competence", "Kompetenzanalyse"
    NEEDS = "needs", "Bedarfsanalyse"


class HandoverState(TextChoices):
    """model.md §6.5 and the handover branch of §12.1."""

    OFFERED = "offered", "angeboten"
    ACCEPTED = "accepted", "angenommen"
    RETURNED = "returned", "zurückgegeben"
    WITHDRAWN = "withdrawn", "zurückgezogen"
    UNDONE = "undone", "rückgängig gemacht"


class TransferState(TextChoices):
    """Many files at once: as a handover of one."""

    OFFERED = "offered", "angeboten"
    ACCEPTED = "accepted", "angenommen"
    RETURNED = "returned", "nicht angenommen"
    UNDONE = "undone", "rückgängig gemacht"


class AbsenceCode(TextChoices):
    """No reason: it would tell of an illness."""

    PLANNED = "planned", "geplant"
    UNPLANNED = "unplanned", "ungeplant"


class RequestKind(TextChoices):
    """What a person may ask for (Art. 15–21 DSGVO)."""

    ACCESS = "access", "Auskunft (Art. 15)"
    PORTABILITY = "portability", "Daten mitnehmen (Art. 20)"
    RECTIFICATION = "rectification", "Berichtigung (Art. 16)"
    RESTRICTION = "restriction", "Einschränkung (Art. 18)"
    ERASURE = "erasure", "Löschung (Art. 17)"
    OBJECTION = "objection", "Widerspruch (Art. 21)"


class IdentityCheck(TextChoices):
    KNOWN = "known", "persönlich bekannt"
    DOCUMENT = "document", "Ausweis gesehen"
    ADDRESS = "address", "Antwort nur an die bekannte Anschrift"
    REPRESENTATIVE = "mandate", "Vollmacht oder Bestellung gesehen"


class RequestAnswer(TextChoices):
    GRANTED = "granted", "erfüllt"
    PARTLY = "partly", "teilweise erfüllt, mit Begründung"
    REFUSED = "refused", "abgelehnt, mit Begründung und Hinweis auf die Beschwerde"


class FreezeGround(TextChoices):
    """Art. 18 (1) a–d; the last one is § 35 (3) BDSG: restriction in place of erasure."""

    CONTESTED = "contested", "Die Richtigkeit wird bestritten"
    UNLAWFUL = "unlawful", "Löschung wird abgelehnt, Einschränkung verlangt"
    CLAIMS = "claims", "Wird für Rechtsansprüche gebraucht"
    OBJECTION = "objection", "Ein Widerspruch wird geprüft"
    RETENTION = "retention", "Eine Aufbewahrungspflicht steht der Löschung entgegen"


class DueBecause(TextChoices):
    """Why a file is to be erased."""

    PERIOD = "period", "Frist abgelaufen"
    WITHDRAWN = "withdrawn", "Einwilligung widerrufen"
    REQUESTED = "requested", "auf Verlangen"


class PairKind(TextChoices):
    """What two files are to each other (promise 1: linked first, merged reversibly)."""

    LINKED = "linked", "gehört vermutlich zusammen"
    DIFFERENT = "different", "keine Dublette"


class AppointmentState(TextChoices):
    PLANNED = "planned", "geplant"
    HELD = "held", "stattgefunden"
    NO_SHOW = "no_show", "nicht erschienen"
    CANCELLED_BY_CLIENT = "cancelled_by_client", "abgesagt von der Person"
    CANCELLED_BY_US = "cancelled_by_us", "abgesagt von uns"
    CONSENT_ENDED = "consent_ended", "entfällt, Einwilligung beendet"


class AppointmentPlace(TextChoices):
    ROOM = "room", "in der Beratungsstelle"
    PHONE = "phone", "Telefon"
    VIDEO = "video", "Video"
    HOME = "home", "zu Hause"
    ELSEWHERE = "elsewhere", "anderswo"


class ChildCare(TextChoices):
    """Whether the children are looked after during the course (model.md §5.9)."""

    OPEN = "open", "noch offen"
    CLARIFIED = "clarified", "geklärt"
    NOT_NEEDED = "not_needed", "nicht nötig"


class CourseFee(TextChoices):
    OPEN = "open", "noch offen"
    EXEMPT = "exempt", "Kostenbefreiung"
    OTHERS_PAY = "others_pay", "eine andere Stelle zahlt"
    SELF_PAID = "self_paid", "zahlt selbst"


class ReferralState(TextChoices):
    """A client's way to a partner, from the first words on it to the partner's answer."""

    DRAFT = "draft", "in Vorbereitung"
    SENT = "sent", "abgeschickt"
    SEEN = "seen", "gelesen"
    ACCEPTED = "accepted", "angenommen"
    DECLINED = "declined", "abgelehnt"
    EXPIRED = "expired", "ohne Antwort abgelaufen"
    CANCELLED = "cancelled", "zurückgezogen"


class DeclineReason(TextChoices):
    NO_CAPACITY = "no_capacity", "zurzeit kein Platz"
    NOT_RESPONSIBLE = "not_responsible", "nicht zuständig"
    NOT_REACHED = "not_reached", "Person nicht erreicht"
    OTHER = "other", "anderer Grund"


class AgreementKind(TextChoices):
    """Two of the five agreements of model.md §5.8. Counselling agreement and consent are acts, cooperation is a partner's."""

    INTEGRATION = "integration", "Integrationsvereinbarung"
    WORKING = "working", "Arbeitsvereinbarung"


class AgreementEnd(TextChoices):
    FULFILLED = "fulfilled", "erfüllt"
    REVISED = "revised", "durch eine neue Fassung ersetzt"
    CLIENT_WISH = "client_wish", "auf Wunsch der Person"
    HOUSE = "house", "durch die Beratungsstelle"
    WITHDRAWN = "withdrawn", "Einwilligung widerrufen"


class Damage(TextChoices):
    DAMAGED = "damaged", "beschädigt"
    LOST = "lost", "verloren"


class MailDirection(TextChoices):
    OUT = "out", "verschickt"
    IN = "in", "eingegangen"
