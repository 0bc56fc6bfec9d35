"""The roles of model.md §2.5, as code. The key is stored; the words are for the person who grants the role."""

from dataclasses import dataclass

from lotse.organisations.enums import Permission as P


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    description: str
    permissions: frozenset[P] = frozenset()
    opens_files: bool = False

    @property
    def needs_second_person(self) -> bool:
        """It opens files, or it opens them to others."""
        return self.opens_files or bool(self.permissions & {P.CONFIRM_FILE_ACCESS, P.ALLOW_EMERGENCY})


def _role(key: str, name: str, description: str, *permissions: P, opens_files: bool = False) -> Role:
    return Role(key, name, description, frozenset(permissions), opens_files)


_COUNSELLING = (P.COUNSEL, P.RECORD_ENQUIRY, P.COUNT_CLIENTS, P.MANAGE_PARTNERS)

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role(
            "counsellor",
            "Berater*in",
            "Berät und führt die Akten der eigenen Klient*innen.",
            *_COUNSELLING,
            opens_files=True,
        ),
        _role("intman", "Integrationsmanager*in", "Führt eigene Integrationspläne.", *_COUNSELLING, opens_files=True),
        _role(
            "integration_specialist",
            "Integrationsfachkraft",
            "Analysen, Planung und Berichte der eigenen Agentur; keine Akten.",
            P.WORK_AGENCY,
            P.MANAGE_PARTNERS,
        ),
        _role("intman_speaker", "Sprecher*in der IntMan", "Verbindet das Austauschforum mit der Koordinierungsrunde."),
        _role(
            "technical_lead",
            "Fachleitung",
            "Prüft die Dokumentation der eigenen Stelle und bestätigt Zugriffe.",
            P.REVIEW_FILES,
            P.IMPORT_CLIENTS,
            P.CONFIRM_FILE_ACCESS,
            P.ALLOW_EMERGENCY,
            P.PRIVACY,
            P.COUNT_CLIENTS,
            P.REPORT_UP,
            P.MANAGE_PARTNERS,
            P.MANAGE_TEXTS,
            P.LEAD_TEAM,
            P.GRANT_MANDATES,
            P.KEEP_QUALITY,
            opens_files=True,
        ),
        _role(
            "integration_officer",
            "Integrationsbeauftragte*r",
            "Organisiert Runden und Foren; sieht keine Akten.",
            P.MANAGE_PARTNERS,
            P.ORGANISE_NETWORK,
        ),
        _role(
            "regional_coordinator",
            "Regionale Koordination",
            "Gibt Dokumente frei, hält Fristen; sieht nur Zahlen.",
            P.COUNT_CLIENTS,
            P.REPORT_UP,
            P.MANAGE_ORGANISATION,
            P.MANAGE_PARTNERS,
            P.ORGANISE_NETWORK,
            P.READ_AGENCIES,
            P.RELEASE_AGENCIES,
            P.KEEP_FUNDS,
            P.READ_QUALITY,
        ),
        _role(
            "desk_officer",
            "Referent*in",
            "Zuständig im Verband, organisiert dessen Arbeitskreise; sieht keine Akten.",
            P.ORGANISE_NETWORK,
            P.READ_AGENCIES,
            P.READ_QUALITY,
        ),
        _role(
            "admin_clerk",
            "Verwaltungsmitarbeiter*in",
            "Pflegt Personen, Stellen und Fördermittel; sieht keine Akten.",
            P.MANAGE_ORGANISATION,
            P.READ_AGENCIES,
            P.KEEP_FUNDS,
        ),
        _role(
            "carrier_manager",
            "Geschäftsführung",
            "Vertritt den Träger; bestätigt Zugriffe, sieht selbst keine Akten.",
            P.CONFIRM_FILE_ACCESS,
            P.COUNT_CLIENTS,
            P.REPORT_UP,
            P.MANAGE_ORGANISATION,
            P.READ_LOG,
            P.PRIVACY,
            P.MANAGE_TEXTS,
            P.SIGN_COOPERATION,
            P.GRANT_MANDATES,
            P.READ_AGENCIES,
            P.KEEP_FUNDS,
            P.KEEP_QUALITY,
        ),
        _role(
            "district_management",
            "Geschäftsführung des Bezirks",
            "Leitet die Trägerkonferenz; sieht nur Zahlen.",
            P.COUNT_CLIENTS,
            P.REPORT_UP,
            P.READ_AGENCIES,
            P.KEEP_FUNDS,
            P.READ_QUALITY,
        ),
        _role(
            "qm_officer",
            "Qualitätsmanagementbeauftragte*r",
            "Plant und sichert Qualität; sieht keine Akten.",
            P.KEEP_QUALITY,
        ),
        _role("assessor", "Unabhängige*r Gutachter*in", "Liest nur eingereichte Dokumente."),
        _role("advisory_board_member", "Beirat", "Entscheidet über das Zertifikat."),
        _role(
            "dpo",
            "Datenschutzbeauftragte*r",
            "Prüft Protokolle, überwacht Anträge und Löschfristen, erlaubt Notfallzugriffe; sieht keine Akten.",
            P.READ_LOG,
            P.PRIVACY,
            P.ALLOW_EMERGENCY,
        ),
        _role(
            "funder_readonly",
            "Zuwendungsgeber",
            "Sieht freigegebene Zahlen und Dokumente, nie Klient*innen.",
            P.COUNT_CLIENTS,
        ),
        _role(
            "sysadmin",
            "Systemadministration",
            "Betreibt die Technik und lädt Personen ein; liest keine Inhalte.",
            P.MANAGE_ACCOUNTS,
        ),
    )
}

FILE_ROLES = tuple(role.key for role in ROLES.values() if role.opens_files)
CONFIRMING_ROLES = tuple(role.key for role in ROLES.values() if P.CONFIRM_FILE_ACCESS in role.permissions)
COUNSELLING_ROLES = tuple(role.key for role in ROLES.values() if P.COUNSEL in role.permissions)
# Who holds only these comes from outside and does not look inside an organisation.
EXTERNAL = frozenset({"funder_readonly", "assessor", "advisory_board_member"})
# Who counts what the house does, and belongs to it.
COUNTING_ROLES = tuple(
    role.key for role in ROLES.values() if P.COUNT_CLIENTS in role.permissions and role.key not in EXTERNAL
)
