from django.db.models import TextChoices


class State(TextChoices):
    """The way of one table."""

    UPLOADED = "uploaded", "Spalten zuordnen"
    CHECKING = "checking", "wird geprüft"
    CHECKED = "checked", "geprüft"
    WRITING = "writing", "wird übernommen"
    DONE = "done", "übernommen"
    UNDONE = "undone", "zurückgenommen"
    FAILED = "failed", "nicht lesbar"
    DISCARDED = "discarded", "verworfen"


class Category(TextChoices):
    """What becomes of a row; the order is that of the list."""

    ERROR = "error", "Fehler"
    DUPLICATE = "duplicate", "Dublette"
    WARNING = "warning", "Hinweis"
    NEW = "new", "neu"
    UNCHANGED = "unchanged", "unverändert"


WORKING = (State.CHECKING, State.WRITING)
OPEN = (State.UPLOADED, State.CHECKING, State.CHECKED, State.WRITING)
FINISHED = (State.DONE, State.UNDONE)
