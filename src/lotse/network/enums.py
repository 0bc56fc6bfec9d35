from django.db.models import IntegerChoices, TextChoices

# Kinds of formats that stay within a house (Mi 3 e, f).
CASE_TEAM, STAFF_TEAM = TEAMS = ("team_case", "team_staff")


class Level(TextChoices):
    """Where a network works (model.md §7.4)."""

    MICRO = "micro", "Mikro: Fachkräfte"
    MESO = "meso", "Meso: Fachleitung und Koordination"
    MACRO = "macro", "Makro: Politik und Verwaltungsspitze"


class Per(TextChoices):
    QUARTER = "quarter", "im Quartal"
    YEAR = "year", "im Kalenderjahr"


class Part(IntegerChoices):
    """A forum has an inner part of the counsellors among themselves; every other meeting has the open part only (DP-08)."""

    INNER = 1, "Teil 1, untereinander"
    OPEN = 2, "Teil 2, mit allen"


class Function(TextChoices):
    """What somebody is in a format."""

    MEMBER = "member", "Mitglied"
    SPEAKER = "speaker", "Sprecher*in"
    MODERATOR = "moderator", "Moderation"
    ORGANISER = "organiser", "Organisation"


class MeetingState(TextChoices):
    PLANNED = "planned", "geplant"
    INVITED = "invited", "eingeladen"
    HELD = "held", "hat stattgefunden"
    CANCELLED = "cancelled", "abgesagt"
    RESCHEDULED = "rescheduled", "verlegt"


class Reply(TextChoices):
    OPEN = "open", "noch keine Antwort"
    YES = "yes", "kommt"
    NO = "no", "kommt nicht"


class Presence(TextChoices):
    UNKNOWN = "unknown", "nicht erfasst"
    PRESENT = "present", "war da"
    EXCUSED = "excused", "entschuldigt"
    ABSENT = "absent", "fehlte"


class Purpose(TextChoices):
    """What a point of the agenda gathers by itself; or that it closes its part, so that proposals stand before it."""

    TASKS = "tasks", "offene Aufgaben"
    TOPICS = "topics", "eingebrachte Themen"
    PRESENTATION = "presentation", "Vorstellung"
    CLOSING = "closing", "Abschluss"


class TaskState(TextChoices):
    OPEN = "open", "offen"
    DONE = "done", "erledigt"
    DROPPED = "dropped", "nicht mehr nötig"


class TopicState(TextChoices):
    """model.md §12.8."""

    RAISED = "raised", "eingebracht"
    RELEASED = "released_by_forum", "vom Forum freigegeben"
    ON_AGENDA = "on_coordination_agenda", "auf der Tagesordnung der Koordinierungsrunde"
    DISCUSSED = "discussed", "besprochen"
    ANSWERED = "feedback_given", "Rückmeldung gegeben"
    TO_POLITICS = "passed_to_politics", "an die Politik gegeben"
    CLOSED = "closed", "abgeschlossen"


class Met(TextChoices):
    """How far a network has come with one of its aims or preconditions (model.md §7.2)."""

    YES = "yes", "erfüllt"
    PARTLY = "partly", "zum Teil"
    NO = "no", "nicht"


class OutreachKind(TextChoices):
    """model.md §10.4: the first two are O5, the third is O6."""

    INFORMATION = "information", "Informationsveranstaltung für andere"
    TRAINING = "training", "Schulung für andere"
    JOINT = "joint", "Gemeinsame Aktion mit anderen"


class Direction(TextChoices):
    SEND = "send", "Wir geben weiter"
    RECEIVE = "receive", "Wir bekommen"
    BOTH = "both", "Beide geben weiter"


class ExchangeState(TextChoices):
    DRAFT = "draft", "wartet auf Ja"
    COMING = "coming", "gilt noch nicht"
    IN_FORCE = "in_force", "gilt"
    EXPIRED = "expired", "abgelaufen"
    ENDED = "ended", "beendet"
