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
