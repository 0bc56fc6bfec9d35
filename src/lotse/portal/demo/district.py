"""The example district of model.md §2.3: 8 carriers, 13 agencies, 15.25 full-time equivalents on 23 heads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lotse.accounts.models import User
from lotse.organisations.enums import OrganisationKind as Kind
from lotse.organisations.hours import parse_hours
from lotse.organisations.models import Membership, Organisation, Person, Post, PostShare, Site
from lotse.organisations.roles import ROLES
from lotse.portal.demo.names import STAFF_FIRST, STAFF_LAST
from lotse.programmes.models import Programme, SiteOffer
from lotse.programmes.standard import ensure_programmes

START = date(2023, 1, 1)
HOURS = parse_hours("Mo–Do 09:00–16:00\nFr 09:00–12:00")
PASSWORD = "demo-Lotse-2026"  # noqa: S105 -- exists only in demo mode, printed on the login page

# agency, carrier, focus
AGENCIES = (
    ("SELF-i", "Bezirksverband Beispielrhein", ("BE", "IKÖ")),
    ("Essen", "KV Essen", ("IKÖ", "SR", "BE")),
    ("Wesel-Moers", "KV Wesel", ("IKÖ", "SR")),
    ("Wesel-Kamp-Lintfort", "KV Wesel", ("IKÖ", "SR")),
    ("Kleve", "KV Kleve", ("IKÖ", "SR")),
    ("Mönchengladbach", "KV Mönchengladbach", ("BE", "IKÖ", "SR")),
    ("Meerbusch", "KV Mönchengladbach", ("BE", "IKÖ", "SR")),
    ("Duisburg-Laar", "KV Duisburg", ("BE", "IKÖ", "SR", "AD")),
    ("DU-Meiderich", "KV Duisburg", ("BE", "IKÖ", "SR", "AD")),
    ("DU-Marxloh", "KV Duisburg", ("BE", "IKÖ", "SR", "AD")),
    ("DU-Neumühl", "KV Duisburg", ("BE", "IKÖ", "SR", "AD")),
    ("Düsseldorf", "KV Düsseldorf", ("IKÖ", "AD", "BE")),
    ("Wuppertal-Barmen", "KV Wuppertal", ("IKÖ", "SR", "BE")),
)
# 23 shares of 23 heads that add up to 15.25
SHARES = (*("1.00",) * 7, *("0.50",) * 15, "0.75")


@dataclass
class District:
    root: Organisation
    carriers: dict[str, Organisation]
    programmes: dict[str, Programme]
    sites: list[Site]
    counsellors: dict[int, list[Person]]  # by site


def build_district() -> District:
    root = _organisation("Bezirksverband Beispielrhein", Kind.DISTRICT_ASSOCIATION, None, is_carrier=True)
    names = dict.fromkeys(carrier for _a, carrier, _f in AGENCIES)
    carriers = {
        n: root if n == root.name else _organisation(n, Kind.COUNTY_ASSOCIATION, root, is_carrier=True) for n in names
    }
    district = District(root, carriers, ensure_programmes(), [], {})
    _build_agencies(district)
    _build_sites(district)
    _build_logins(district)
    return district


def _organisation(name: str, kind: Kind, parent: Organisation | None, **more: object) -> Organisation:
    made = Organisation.objects.create(name=name, kind=kind, parent=parent, valid_from=START, **more)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    return made


def _build_agencies(district: District) -> None:
    agencies = [
        _organisation(f"Integrationsagentur {n}", Kind.AGENCY, district.carriers[c], action_fields=list(f))
        for n, c, f in AGENCIES
    ]
    for number, fte in enumerate(SHARES):
        agency = agencies[number % len(agencies)]
        first, last = STAFF_FIRST[number], STAFF_LAST[number % len(STAFF_LAST)]
        person = Person.objects.create(organisation=agency.parent, first_name=first, last_name=last, started_on=START)
        post = Post.objects.create(organisation=agency, title=f"Integrationsfachkraft {agency.name}", fte=Decimal(fte))
        PostShare.objects.create(post=post, person=person, fte=Decimal(fte), valid_from=START)
        grant(person, agency, "integration_specialist")


def _build_sites(district: District) -> None:
    plan = (
        ("KV Essen", "Beratungsstelle Nordstadt", "mbe", "05113000"),
        ("KV Duisburg", "Beratungsstelle Hafen", "intman", "05112000"),
    )
    for carrier_name, name, code, municipality in plan:
        carrier = district.carriers[carrier_name]
        site = Site.objects.create(
            organisation=carrier,
            name=name,
            municipality_code=municipality,
            address="Beispielweg 1\n45127 Beispielstadt",
            phone="0150 555 10",
            email="stelle@lotse.example",
            opening_hours=HOURS,
        )
        for offered in {code, "mbe"}:
            SiteOffer.objects.create(programme=district.programmes[offered], site=site, valid_from=START)
        district.sites.append(site)
        district.counsellors[site.pk] = []


def add_counsellors(district: District, site: Site, count: int) -> None:
    for number in range(count):
        last = STAFF_LAST[number % len(STAFF_LAST)]
        person = Person.objects.create(
            organisation=site.organisation,
            first_name=f"Berater*in {number + 1}",
            last_name=last,
            manager_number=number + 1,
        )
        grant(person, site.organisation, "counsellor", site)
        district.counsellors[site.pk].append(person)


def grant(person: Person, organisation: Organisation, role: str, site: Site | None = None) -> None:
    """Grants of the demo are confirmed by the house itself."""
    Membership.objects.create(
        person=person,
        organisation=organisation,
        site=site,
        role=role,
        valid_from=START,
        needs_confirmation=ROLES[role].opens_files,
        confirmed_at="2023-01-01T08:00:00Z" if ROLES[role].opens_files else None,
    )


def _build_logins(district: District) -> None:
    first, second = district.sites
    essen = first.organisation
    _login(district, "beraterin", "Mara", "Beispiel", essen, "counsellor", first)
    _login(district, "kollege", "Jonas", "Probefeld", essen, "counsellor", first)
    _login(district, "fachleitung", "Helin", "Kunstname", essen, "technical_lead", first)
    _login(district, "datenschutz", "Rana", "Erfinder", essen, "dpo")
    _login(district, "leitung", "Petra", "Scheinert", essen, "carrier_manager")
    _login(district, "koordination", "Deniz", "Demobach", district.root, "regional_coordinator")
    _login(district, "bezirk", "Sibel", "Vorlage", district.root, "district_management")
    _login(district, "verwaltung", "Ole", "Fiktion", essen, "sysadmin")
    _login(district, "nachbarin", "Aylin", "Erfunden", second.organisation, "counsellor", second)
    _open_login("fachkraft", essen)


def _open_login(name: str, carrier: Organisation) -> None:
    """For the first who works in the carrier's agency; she is one of the 23."""
    person = Person.objects.filter(organisation=carrier, memberships__role="integration_specialist").order_by("pk")[0]
    person.user = User.objects.create_user(f"{name}@lotse.example", PASSWORD)
    person.save()


def _login(
    district: District,
    name: str,
    first: str,
    last: str,
    organisation: Organisation,
    role: str,
    site: Site | None = None,
) -> None:
    user = User.objects.create_user(f"{name}@lotse.example", PASSWORD)
    person = Person.objects.create(
        organisation=organisation, first_name=first, last_name=last, user=user, languages=["de", "ar"], manager_number=7
    )
    grant(person, organisation, role, site)
    if role == "counsellor" and site:
        district.counsellors[site.pk].append(person)
