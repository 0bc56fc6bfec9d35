"""Who acts, on which day, and how a story begins: a person, her consents, a case."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lotse.casework.actions.cases import open_case, set_next_step, set_tier
from lotse.casework.actions.clients import register_client
from lotse.casework.actions.consents import record_decision
from lotse.casework.actions.contacts import record_contact
from lotse.casework.enums import Act, Tier
from lotse.casework.models import Client, CounsellingCase
from lotse.organisations.models import Person, Site
from lotse.partners.models import Partner
from lotse.portal.demo.chance import LANGUAGES
from lotse.portal.demo.district import District, grant
from lotse.portal.demo.showcase.heads import Heads, district_heads, hired
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.story import TEXT_VERSION
from lotse.programmes.models import Programme

OPENING = (Act.AGREEMENT, Act.RECORDING, Act.COMPETENCE)
SATURDAY, MOST_POSTS = 5, 5
COUNTRY = {language: country for country, language in reversed(LANGUAGES.items()) if language != "de"}


@dataclass
class Stage:
    """`site`: where Mara counsels. `branch`: a small one with few files, so that a drawn sample stays small.

    `neighbours`: who leads the other carrier. `district`: who leads the one above both.
    """

    today: date
    site: Site
    branch: Site
    programmes: dict[str, Programme]
    mara: Player
    jonas: Player
    helin: Player
    petra: Player
    rana: Player
    colleagues: list[Person]
    neighbours: Heads
    district: Heads
    told: int = 0
    partners: dict[str, Partner] = field(default_factory=dict)

    @classmethod
    def set_up(cls, district: District, today: date) -> "Stage":
        site = district.sites[0]
        branch = Site.objects.create(
            organisation=site.organisation, branch_of=site, name="Außenstelle Lindenhof", municipality_code="05113000",
            address="Musterplatz 4\n45127 Beispielstadt", phone="0150 555 20",
        )  # fmt: skip
        lead = Player.known_as("fachleitung")
        grant(lead.person, site.organisation, "technical_lead", branch)
        names = ("beraterin", "kollege", "fachleitung", "leitung", "datenschutz")
        players = map(Player.known_as, names)
        without_login = [person for person in district.counsellors[site.pk] if person.user_id is None]
        return cls(
            today, site, branch, district.programmes, *players, colleagues=without_login[:MOST_POSTS],
            neighbours=hired(district.sites[1]), district=district_heads(district.root),
        )  # fmt: skip

    @property
    def own(self) -> Heads:
        return Heads(self.site.organisation, self.helin, self.petra)

    @property
    def last_year(self) -> int:
        return self.today.year - 1

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """A working day: at the weekend the Monday after it."""
        day = self.today + timedelta(days=days)
        return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day

    def person(self, name: str, by: Player | None = None, days: int = 120, **more: Any) -> Client:
        first, last = name.split(" ", 1)
        self.told += 1
        language = more.get("contact_language", "de")
        values = {
            "contact_language": language, "informed_language": language, "site": self.site, "phone": f"0150 555 1{self.told:03}",
            "birth_date": self._born(), "country_of_origin": COUNTRY.get(language, ""), "entered_germany_on": self.ago(days + 400),
            "permanent_status_on": self.ago(days + 90), "address": "Musterstraße 12\n45127 Beispielstadt", **more,
        }  # fmt: skip
        by = by or self.mara
        return register_client(by=by.actor, first_name=first, last_name=last, informed_on=self.ago(days), **values)

    def _born(self) -> date:
        """Another day for everybody."""
        number = self.told
        return date(1962 + number * 7 % 35, number * 5 % 12 + 1, number * 11 % 28 + 1)

    def consent(self, client: Client, *acts: Act, days: int = 120, by: Player | None = None, **more: Any) -> None:
        for act in acts or OPENING:
            record_decision(
                by=(by or self.mara).actor, client=client, act=act, given=True, decided_on=self.ago(days),
                language=client.contact_language, form="written", text_version=TEXT_VERSION, **more,
            )  # fmt: skip
        client.refresh_from_db()

    def case(
        self,
        client: Client,
        concern: str,
        days: int = 120,
        tier: Tier = Tier.CASE_MANAGEMENT,
        by: Player | None = None,
        programme: str = "mbe",
    ) -> CounsellingCase:
        by = by or self.mara
        case = open_case(
            by=by.actor, client=client, programme=self.programmes[programme], first_contact_on=self.ago(days), channel="in_person",
            access_route="own_initiative", concern=concern, outcome="further_counselling", decided_jointly=True,
        )  # fmt: skip
        return set_tier(by=by.actor, case=case, tier=tier, since=self.ago(days - 1))

    def file(self, name: str, concern: str, by: Player | None = None, days: int = 120, **more: Any) -> CounsellingCase:
        """A person who has agreed, and her first case."""
        client = self.person(name, by=by, days=days, **more)
        self.consent(client, by=by, days=days)
        return self.case(client, concern, by=by, days=days)

    def talk(
        self, case: CounsellingCase, note: str, days: int, topics: Collection[str], by: Player | None = None
    ) -> None:
        record_contact(
            by=(by or self.mara).actor, case=case, on=self.ago(days), channel="in_person", topics=topics, minutes=45, note=note
        )  # fmt: skip

    def next_step(self, case: CounsellingCase, text: str, days: int, by: Player | None = None) -> None:
        set_next_step(by=(by or self.mara).actor, case=case, next_step_on=self.ahead(days), next_step=text)
