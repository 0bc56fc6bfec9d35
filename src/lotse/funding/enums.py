from django.db.models import TextChoices


class PaymentKind(TextChoices):
    """Which way money goes between the receiver of a grant and a carrier."""

    FORWARDING = "forwarding", "Weiterleitung"
    REPAYMENT = "repayment", "Rückzahlung"


class EntryKind(TextChoices):
    """Where a carrier's money comes from, and that it was spent; what was forwarded stands in the payments."""

    EXPENSE = "expense", "Ausgabe"
    OWN_SHARE = "own_share", "Eigenanteil"
    INCOME = "income", "andere Einnahme"


class ApplicationState(TextChoices):
    """Of the one application for a grant (FU-03). A correction asked by the authority opens parts again."""

    COLLECTING = "collecting", "Teile werden gesammelt"
    SUBMITTED = "submitted", "gestellt"
    CORRECTION = "correction", "Nachbesserung verlangt"
    GRANTED = "granted", "bewilligt"
    REFUSED = "refused", "abgelehnt"


class PartState(TextChoices):
    OPEN = "open", "in Arbeit"
    HANDED_IN = "handed_in", "eingereicht"
    RETURNED = "returned", "zu ändern"


class FundsSource(TextChoices):
    """What a carrier brings in beside the grant; a part of it is its own (FU-01)."""

    OWN_SHARE = "own_share", "Eigenanteil"
    INCOME = "income", "andere Mittel"


class SubsidyKind(TextChoices):
    """Who is asked for money beside the grant."""

    MUNICIPALITY = "municipality", "Kommune"
    FOUNDATION = "foundation", "Stiftung oder Förderlinie"
    OTHER = "other", "andere"


class SubsidyState(TextChoices):
    DRAFT = "draft", "Entwurf"
    SENT = "sent", "gestellt"
    GRANTED = "granted", "bewilligt"
    PARTLY = "partly", "teilweise bewilligt"
    REFUSED = "refused", "abgelehnt"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class DutyState(TextChoices):
    YES = "yes", "erfüllt"
    PARTLY = "partly", "teilweise"
    NO = "no", "nicht erfüllt"


class NeedKind(TextChoices):
    """What a carrier reports in autumn of the year."""

    MORE = "more", "Mehrbedarf"
    LESS = "less", "Minderbedarf"
    NONE = "none", "keine Änderung"


class Way(TextChoices):
    """How a forecast was found."""

    OVER = "over", "Jahr ist vorbei"
    HAND = "hand", "eigene Angabe"
    MONTHLY = "monthly", "hochgerechnet"
    PLAN = "plan", "wie geplant"


class Hint(TextChoices):
    """What to look at in a plan; the first weighs most."""

    LIMIT = "limit", "mehr über Plan als erlaubt"
    UNBALANCED = "unbalanced", "über Plan, ohne Ausgleich"
    BALANCED = "balanced", "über Plan, an anderer Stelle gespart"


class ProofKind(TextChoices):
    """Of one carrier for a year; of the receiver of the grant after a year of the phase, and for all of it at the end."""

    PARTIAL = "partial", "Teilverwendungsnachweis"
    INTERIM = "interim", "Zwischenverwendungsnachweis"
    FINAL = "final", "Gesamtverwendungsnachweis"


class ProofState(TextChoices):
    """A partial proof ends with the check; what goes to the authority is released instead, transmitted and accepted."""

    DRAFT = "draft", "in Arbeit"
    HANDED_IN = "handed_in", "eingereicht"
    RETURNED = "returned", "zu ändern"
    CHECKED = "checked", "geprüft"
    RELEASED = "released", "freigegeben"
    TRANSMITTED = "transmitted", "übermittelt"
    ACCEPTED = "accepted", "angenommen"


class NoteSubject(TextChoices):
    """What a proof has to explain."""

    LINE = "line", "Abweichung vom Plan"
    OWN_SHARE = "own_share", "Eigenanteil"
    BALANCE = "balance", "Restbetrag"


class ProofWay(TextChoices):
    """How a proof went to the authority."""

    PLATFORM = "platform", "Online-Portal"
    MAIL = "mail", "E-Mail"
    POST = "post", "Post"


class PackageState(TextChoices):
    WAITING = "waiting", "wartet"
    WORKING = "working", "wird gepackt"
    DONE = "done", "fertig"
    FAILED = "failed", "gescheitert"
