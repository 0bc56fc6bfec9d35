from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """The four instruments in the order in which they build on one another (model.md §8.2)."""

    ANALYSIS = "analysis", "Sozialraum- und Bedarfsanalyse"
    TASK_PLAN = "task_plan", "Aufgabenplanung"
    REPORT = "report", "Sachbericht"
    CONTROLLING = "controlling", "Online-Controlling"


class DocumentState(TextChoices):
    """model.md §12.4. What is returned, and a new version after a correction, is written on like a draft."""

    DRAFT = "draft", "Entwurf"
    READY = "ready_for_review", "zur Prüfung"
    RETURNED = "returned", "zurückgegeben"
    RELEASED = "released", "freigegeben"
    TRANSMITTED = "transmitted", "übermittelt"
    ACCEPTED = "accepted", "angenommen"
    CORRECTION = "correction_requested", "Korrektur verlangt"


# In which colour a state stands beside its word.
TONES = {
    DocumentState.DRAFT: "none",
    DocumentState.READY: "warn",
    DocumentState.RETURNED: "bad",
    DocumentState.RELEASED: "good",
    DocumentState.TRANSMITTED: "good",
    DocumentState.ACCEPTED: "good",
    DocumentState.CORRECTION: "bad",
}


class Orientation(TextChoices):
    SOCIAL_SPACE = "social_space", "sozialraumorientiert"
    NEEDS = "needs", "bedarfsorientiert"


class Renewal(TextChoices):
    """Whether an analysis goes on with the one before (IA-06)."""

    NEW = "new", "neue Analyse"
    UPDATE = "update", "Fortschreibung"


class MeasureState(TextChoices):
    PLANNED = "planned", "geplant"
    HELD = "held", "durchgeführt"
    CANCELLED = "cancelled", "ausgefallen"


class ConceptLevel(TextChoices):
    ROUGH = "rough", "Grobkonzept"
    FINE = "fine", "Feinkonzept"


class TrainingKind(TextChoices):
    """model.md §8.8."""

    TRAINING = "training", "Fortbildung"
    PEER_CONSULTATION = "peer_consultation", "kollegiale Beratung"
    VISIT = "visit", "gegenseitiger Besuch"
    EVENT = "event", "verbandsübergreifende Veranstaltung"
    EXCHANGE = "exchange", "Fachaustausch"
    SUPERVISION = "supervision", "Supervision"


class AdviceTopic(TextChoices):
    """model.md §8.8."""

    RESTRUCTURING = "restructuring", "Migrationsdienste neu ordnen"
    RESISTANCE = "resistance", "Widerstände in der Kommune"
    PROJECTS = "projects", "Projektmanagement"
    MODERATION = "moderation", "Moderation"
    COMMUNICATION = "communication", "strategische Kommunikation"
    NEGOTIATION = "negotiation", "Verhandlung"
    NEW_FIELD = "new_field", "neues Arbeitsfeld oder neuer Ort"
    PUBLICITY = "publicity", "Öffentlichkeitsarbeit"
    OTHER = "other", "etwas anderes"


class Channel(TextChoices):
    """How a released document reaches the authority."""

    PLATFORM = "platform", "Online-Plattform"
    MAIL = "mail", "E-Mail"
    POST = "post", "Post"


class SectionKind(TextChoices):
    """What a passage of a report is about."""

    OVERVIEW = "overview", "Das Jahr im Überblick"
    TASK = "task", "Aufgabe"
    MEASURE = "measure", "Maßnahme"


class TaskPartnerKind(TextChoices):
    """With whom a plan is talked over; the first four are expected (model.md §8.4)."""

    MUNICIPALITY = "municipality", "Kommune"
    INSTITUTION = "institution", "Sozial- oder Bildungseinrichtung"
    AGENCY = "agency", "andere Integrationsagentur"
    OWN_SERVICE = "own_service", "eigener Migrationsdienst"
    OTHER = "other", "weitere"
