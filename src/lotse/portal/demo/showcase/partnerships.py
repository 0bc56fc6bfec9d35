"""What is known of the partners: what they offer, who is to be spoken to, who works with whom; opening and expertise."""

from lotse.organisations.models import Person
from lotse.partners.actions import create_partner, update_partner
from lotse.partners.actions.keepers import hand_over
from lotse.partners.actions.offers import add_offer, add_person
from lotse.partners.actions.opening import note_opening, offer_expertise
from lotse.partners.actions.partners import rank_partner
from lotse.partners.actions.ties import note_contact, rate_cooperation, relate
from lotse.partners.enums import Closeness, ContactKind, Priority, Quality
from lotse.portal.demo.showcase.stage import Stage

# what it is in the stories, name, category, further ones, social space, days since it was checked
MORE = (
    ("authority", "Ausländerbehörde Beispielstadt", "immigration_authority", ("registration_office",), "Mitte", 40),
    ("childcare", "Kinderinsel am Sprachhaus", "course_childcare", ("daycare",), "Nord", 60),
    ("youth", "Jugendmigrationsdienst Musterstadt", "youth_migration", (), "Mitte", 90),
    ("mothers", "Verein Mütter und Töchter", "migrant_organisation", ("self_help", "culture"), "Nord", 420),
    ("sports", "Sportverein Lindenhof", "sports_club", (), "Lindenhof", 500),
)
CLOSE = {
    "school": Closeness.BINDING, "jobcentre": Closeness.COORDINATES, "debts": Closeness.COORDINATES, "housing": Closeness.EXCHANGES,
    "authority": Closeness.EXCHANGES, "youth": Closeness.BINDING, "law": Closeness.KNOWS, "mothers": Closeness.EXCHANGES,
}  # fmt: skip
AMONG = (
    ("school", "jobcentre", Closeness.COORDINATES), ("school", "childcare", Closeness.BINDING),
    ("housing", "debts", Closeness.EXCHANGES), ("mothers", "sports", Closeness.KNOWS),
)  # fmt: skip


def tell(stage: Stage) -> None:
    for key, name, category, further, space, days in MORE:
        stage.partners[key] = create_partner(
            by=stage.mara.actor, name=name, category=category, further=further, social_space=space, keeper=stage.mara.person,
            checked_on=stage.ago(days), phone="0150 555 40", languages=["ar", "tr"] if key == "mothers" else (),
        )  # fmt: skip
    update_partner(by=stage.mara.actor, partner=stage.partners["school"], sites=[stage.site], keeper=stage.mara.person)
    _offers(stage)
    _ties(stage)
    _opening(stage)
    _left_behind(stage)


def _left_behind(stage: Stage) -> None:
    """Who kept the contact to two of them has left; one of them is handed over."""
    house, by = stage.site.organisation, stage.mara.actor
    former = Person.objects.create(organisation=house, first_name="Yara", last_name="Vorbei", started_on=stage.ago(900))
    left = [update_partner(by=by, partner=stage.partners[key], keeper=former) for key in ("law", "women", "housing")]
    Person.objects.filter(pk=former.pk).update(left_on=stage.ago(10))
    hand_over(by=by, given_by=former, to=stage.jonas.person, partners=left[:1])


def _offers(stage: Stage) -> None:
    by, debts = stage.mara.actor, stage.partners["debts"]
    anna = add_person(
        by=by, partner=debts, name="Anna Muster", role="Beraterin", responsible_for="Buchstaben A–K", phone="0150 555 41",
        email="anna.muster@partner.example",
    )  # fmt: skip
    add_person(
        by=by,
        partner=debts,
        name="Bodo Beispiel",
        role="Berater",
        responsible_for="Buchstaben L–Z",
        phone="0150 555 42",
    )
    add_offer(
        by=by, partner=debts, title="Offene Sprechstunde", topic="social_law", for_whom="Menschen mit Schulden", contact=anna,
        admission="Ohne Termin, bitte Briefe mitbringen.", waiting="keine", costs="kostenlos", languages=["de", "ar"],
    )  # fmt: skip
    add_offer(
        by=by, partner=stage.partners["housing"], title="Hilfe bei der Wohnungssuche", topic="housing", for_whom="Familien",
        admission="Mit Wohnberechtigungsschein.", waiting="etwa drei Wochen", languages=["de", "tr"],
    )  # fmt: skip


def _ties(stage: Stage) -> None:
    by, partners = stage.mara.actor, stage.partners
    for key, closeness in CLOSE.items():
        relate(by=by, partner=partners[key], closeness=closeness, since=stage.ago(300))
    for one, two, closeness in AMONG:
        relate(by=by, partner=partners[one], other=partners[two], closeness=closeness, since=stage.ago(200))
    note_contact(
        by=by, partner=partners["debts"], on=stage.ago(20), kind=ContactKind.VISIT, note="Neue Räume gezeigt bekommen."
    )
    note_contact(
        by=by, partner=partners["debts"], on=stage.ago(75), kind=ContactKind.CALL, note="Sprechzeiten geklärt."
    )
    rate_cooperation(
        by=by,
        partner=partners["debts"],
        on=stage.ago(20),
        quality=Quality.GOOD,
        reason="Rückrufe kommen am selben Tag.",
    )
    rank_partner(
        by=by, partner=partners["mothers"], programme=stage.programmes["mbe"], priority=Priority.REQUIRED,
        reason="Ohne den Verein erreichen wir viele Frauen nicht.",
    )  # fmt: skip


def _opening(stage: Stage) -> None:
    by = stage.mara.actor
    note_opening(by=by, site=stage.site, item="flyers", on=stage.ago(30), note="Auf Arabisch und Türkisch verteilt.")
    note_opening(by=by, site=stage.site, item="near_accommodation", on=stage.ago(12), note="Nachbarschaftskaffee.")
    offer_expertise(by=by, field="languages", text="Begleite Gespräche auf Türkisch.", languages=["tr"])
    offer_expertise(
        by=stage.jonas.actor, field="legal_status", text="Fragen zur Niederlassungserlaubnis.", languages=["de"]
    )
