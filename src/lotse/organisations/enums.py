from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """model.md §2.1; `agency` is the Integrationsagentur, an organisation unit under its carrier."""

    FEDERAL_ASSOCIATION = "federal_association", "Bundesverband"
    DISTRICT_ASSOCIATION = "district_association", "Bezirksverband"
    COUNTY_ASSOCIATION = "county_association", "Kreisverband"
    SUBSIDIARY = "subsidiary", "Tochtergesellschaft"
    NONPROFIT_MEMBER = "nonprofit_member", "gemeinnütziges Mitglied"
    LOCAL_BRANCH = "local_branch", "Ortsverein"
    AGENCY = "agency", "Integrationsagentur"
    MUNICIPALITY = "municipality", "Kommune"
    UMBRELLA_WORKING_GROUP = "umbrella_working_group", "Landesarbeitsgemeinschaft"
    MINISTRY = "ministry", "Ministerium"
    GRANTING_AUTHORITY = "granting_authority", "Bewilligungsbehörde"
    PARTNER_INSTITUTION = "partner_institution", "Kooperationspartner"
    CERTIFICATION_BODY = "certification_body", "Zertifizierungsstelle"


class ActionField(TextChoices):
    """What an agency works on (model.md §2.3)."""

    CIVIC_ENGAGEMENT = "BE", "Bürgerschaftliches Engagement"
    INTERCULTURAL_OPENING = "IKÖ", "Interkulturelle Öffnung"
    SOCIAL_SPACE = "SR", "Sozialraumorientierte Arbeit"
    ANTI_DISCRIMINATION = "AD", "Antidiskriminierungsarbeit"


class Permission(TextChoices):
    COUNSEL = "counsel", "eigene Klient*innen beraten"
    RECORD_ENQUIRY = "record_enquiry", "einmalige Anfragen erfassen"
    IMPORT_CLIENTS = "import_clients", "Klient*innen aus Tabellen übernehmen"
    REVIEW_FILES = "review_files", "Akten der eigenen Stelle fachlich prüfen"
    CONFIRM_FILE_ACCESS = "confirm_file_access", "Zugriff auf Akten als zweite Person bestätigen"
    COUNT_CLIENTS = "count_clients", "Zahlen der Klient*innenarbeit sehen"
    REPORT_UP = "report_up", "Zahlen melden, freigeben und zusammenrechnen"
    MANAGE_ORGANISATION = "manage_organisation", "Organisation, Stellen und Personen pflegen"
    MANAGE_ACCOUNTS = "manage_accounts", "Zugänge verwalten"
    MANAGE_PARTNERS = "manage_partners", "Kooperationspartner pflegen"
    SIGN_COOPERATION = "sign_cooperation", "Kooperationsvereinbarungen für den Träger unterschreiben"
    ORGANISE_NETWORK = "organise_network", "Runden, Foren und Arbeitskreise organisieren"
    LEAD_TEAM = "lead_team", "Teambesprechungen des eigenen Hauses einberufen"
    GRANT_MANDATES = "grant_mandates", "Mandate für Runden und Foren erteilen"
    WORK_AGENCY = "work_agency", "Arbeit der Integrationsagentur dokumentieren"
    READ_AGENCIES = "read_agencies", "Dokumente und Fristen der Integrationsagenturen lesen"
    RELEASE_AGENCIES = "release_agencies", "Dokumente der Integrationsagenturen freigeben und übermitteln"
    KEEP_FUNDS = "keep_funds", "Fördermittel führen, weiterleiten und nachweisen"
    KEEP_QUALITY = "keep_quality", "Qualität planen, bewerten und nachweisen"
    READ_QUALITY = "read_quality", "Stand der Qualität der Träger sehen"
    MANAGE_TEXTS = "manage_texts", "Texte und Listen pflegen und freigeben"
    READ_LOG = "read_log", "Protokolle der Organisation lesen"
    PRIVACY = "privacy", "Anträge zu eigenen Daten, Löschfristen und Löschläufe überwachen"
    ALLOW_EMERGENCY = "allow_emergency", "Notfallzugriff auf eine Akte erlauben"
