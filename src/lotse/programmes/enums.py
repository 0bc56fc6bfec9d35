from django.db.models import TextChoices


class Bearer(TextChoices):
    """Who owes what a deadline asks for (model.md §9.3)."""

    AGENCY = "agency", "jede Integrationsagentur"
    CARRIER = "carrier", "jeder Träger"
    DISTRICT = "district", "der Bezirk"


class ObligationState(TextChoices):
    """model.md §12.7. "due soon" and "overdue" follow from the day and are not kept."""

    UPCOMING = "upcoming", "steht an"
    SUBMITTED_INTERNAL = "submitted_internal", "eingereicht"
    CHECKED = "checked", "geprüft"
    SUBMITTED_EXTERNAL = "submitted_external", "abgegeben"
    ACCEPTED = "accepted", "angenommen"
    REWORK = "rework", "nachzubessern"
    DROPPED = "dropped", "entfällt"


class VoucherKind(TextChoices):
    EXPENSE = "expense", "Ausgabe"
    DONATION = "donation", "Spende"
    INCOME = "income", "Einnahme"


class Financing(TextChoices):
    """facts.md §5."""

    SHARE = "share", "Anteilfinanzierung"
    GAP = "gap", "Fehlbedarfsfinanzierung"
    FIXED = "fixed", "Festbetragsfinanzierung"
    LUMP_SUM = "lump_sum", "Pauschale"
