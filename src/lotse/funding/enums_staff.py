"""What may happen to a post, and which way it goes (model.md §9.4, 9.5, 12.5)."""

from django.db.models import TextChoices


class ChangeKind(TextChoices):
    ILLNESS = "illness", "Längere Krankheit"
    MATERNITY = "maternity", "Mutterschutz"
    PARENTAL = "parental", "Elternzeit"
    VACANT = "vacant", "Stelle ist vorübergehend unbesetzt"
    TERMINATION = "termination", "Kündigung"
    MUTUAL = "mutual", "Auflösungsvertrag"
    FIXED_TERM = "fixed_term", "Befristung läuft ab"
    RETIREMENT = "retirement", "Renteneintritt"
    NEW_HIRE = "new_hire", "Neueinstellung"
    EXTENSION = "extension", "Beschäftigung wird verlängert"
    QUALIFICATION = "qualification", "Qualifikation weicht ab"
    HOURS = "hours", "Mehr oder weniger Stunden"
    PERSONAL = "personal", "Name oder andere persönliche Angaben"
    AGENCY_DATA = "agency_data", "Anschrift oder Kontaktdaten der Agentur"
    SITE_OPEN = "site_open", "Standort wird eröffnet"
    SITE_CLOSE = "site_close", "Standort wird geschlossen"


class ProcessKind(TextChoices):
    NOTIFY = "notify", "Anzeige"
    CONSENT = "consent", "Zustimmung"


class ProcessCode(TextChoices):
    VACANCY_ILLNESS = "vacancy_illness", "Vakanz: Erkrankung nach Wegfall der Lohnfortzahlung"
    VACANCY_MATERNITY = "vacancy_maternity", "Vakanz: Mutterschutz"
    VACANCY_PARENTAL = "vacancy_parental", "Vakanz: Elternzeit"
    VACANCY_UNFILLED = "vacancy_unfilled", "Vakanz: vorübergehend unbesetzte Stelle"
    END_TERMINATION = "end_termination", "Ende: Kündigung"
    END_MUTUAL = "end_mutual", "Ende: Auflösung"
    END_FIXED_TERM = "end_fixed_term", "Ende: Ablauf der Befristung"
    END_RETIREMENT = "end_retirement", "Ende: Renteneintritt"
    FTE_REDUCTION = "fte_reduction", "Reduzierung des Stellenumfangs"
    PERSONAL_CHANGE = "personal_change", "Persönliche Veränderung"
    AGENCY_DATA_CHANGE = "agency_data_change", "Adresse oder Kontaktdaten der Agentur"
    NEW_HIRE = "new_hire", "Neueinstellung oder Vertretung"
    EXTENSION = "extension", "Verlängerung des Beschäftigungszeitraums"
    DEVIATING_QUALIFICATION = "deviating_qualification", "Abweichende formale Qualifikation"
    SITE_OPEN = "site_open", "Standorteröffnung"
    SITE_CLOSE = "site_close", "Standortschließung"
    FTE_INCREASE = "fte_increase", "Stellenaufstockung"


class ProcessState(TextChoices):
    """The first three of what is notified, then those of what needs consent; WITHDRAWN of both."""

    REPORTED = "reported_to_district", "beim Bezirk gemeldet"
    FORWARDED = "forwarded_to_authority", "an die Behörde weitergeleitet"
    ACKNOWLEDGED = "acknowledged", "von der Behörde bestätigt"
    REQUESTED = "requested_at_district", "beim Bezirk beantragt"
    SUBMITTED = "submitted_to_authority", "bei der Behörde beantragt"
    GRANTED = "granted", "zugestimmt"
    REFUSED = "refused", "abgelehnt"
    INELIGIBLE = "ineligible", "ohne Zustimmung – nicht förderfähig"
    WITHDRAWN = "withdrawn", "zurückgezogen"


AWAY = (ChangeKind.ILLNESS, ChangeKind.MATERNITY, ChangeKind.PARENTAL)
ENDS = (ChangeKind.TERMINATION, ChangeKind.MUTUAL, ChangeKind.FIXED_TERM, ChangeKind.RETIREMENT)
# What is about somebody on a post, about a post, or about the agency alone.
OF_SHARE = (
    *AWAY, *ENDS, ChangeKind.EXTENSION, ChangeKind.QUALIFICATION, ChangeKind.HOURS, ChangeKind.PERSONAL,
)  # fmt: skip
OF_POST = (ChangeKind.VACANT, ChangeKind.NEW_HIRE)
# Where somebody may come instead.
REPLACED = (*AWAY, *ENDS, ChangeKind.VACANT)
# The day asked for is the last one on which all is as it was.
LAST_DAY = (ChangeKind.ILLNESS, *ENDS)
WITH_DISTRICT = (ProcessState.REPORTED, ProcessState.REQUESTED)
AT_AUTHORITY = (ProcessState.FORWARDED, ProcessState.SUBMITTED)
OPEN = (*WITH_DISTRICT, *AT_AUTHORITY)
IN_FORCE = (ProcessState.ACKNOWLEDGED, ProcessState.GRANTED)
