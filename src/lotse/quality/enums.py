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
