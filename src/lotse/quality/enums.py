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


class Better(TextChoices):
    """Which side of its threshold is the good one for a figure."""

    HIGHER = "higher", "mindestens"
    LOWER = "lower", "höchstens"


class SubmissionMode(TextChoices):
    """How a body that looks at the carrier gets to see a document (model.md §4.3, DP-09)."""

    SUBMIT = "submit", "wird eingereicht"
    ON_SITE_ONLY = "on_site_only", "nur vor Ort zu sehen"
    REVISED = "revised_after_feedback", "nach Rückmeldung überarbeitet"
