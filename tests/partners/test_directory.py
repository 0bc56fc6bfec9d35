"""The directory: kinds, languages, offers and people of a partner, who looks at it, and that it is looked at again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core.dates import months_before
from lotse.core.errors import NotAllowed
from lotse.facts.actions import set_value
from lotse.partners import rules
from lotse.partners.actions import offers, ties
from lotse.partners.actions import partners as acts
from lotse.partners.enums import ContactKind, Priority, Quality
from lotse.partners.models import ContactPerson, Partner, PartnerContact, PartnerOffer, PartnerPriority
from lotse.partners.queries.partners import Wanted, my_stale_partners, partner_list, stale_partners
from tests.factories import casework as make
from tests.factories.casework import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def partner(by):
    return acts.create_partner(
        by=by, name="Haus der Begegnung", category="neighbourhood", further=["culture", "self_help"], languages=["ar", "tr"]
    )  # fmt: skip


def fresh(partner):
    return Partner.objects.get(pk=partner.pk)


def url(partner, rest=""):
    return f"/partner/{partner.public_id}/{rest}"


def names(rows):
    return [row.name for row in rows]


# Kinds, languages, sites


def test_a_partner_counts_in_several_kinds(partner):
    assert fresh(partner).categories == ["neighbourhood", "culture", "self_help"]


def test_the_first_kind_is_not_named_twice(by, partner):
    acts.update_partner(by=by, partner=partner, further=["neighbourhood", "culture", "culture"], languages=["tr", "uk"])
    again = fresh(partner)
    assert (again.categories, sorted(again.languages)) == (["neighbourhood", "culture"], ["tr", "uk"])


def test_what_is_not_mentioned_stays(by, partner):
    acts.update_partner(by=by, partner=partner, phone="0201 1")
    again = fresh(partner)
    assert (again.phone, again.categories, again.languages) == (
        "0201 1", ["neighbourhood", "culture", "self_help"], ["ar", "tr"],
    )  # fmt: skip


def test_the_log_names_what_changed_and_no_value(by, partner):
    acts.update_partner(by=by, partner=partner, phone="0201 1", further=[], languages=["ar", "tr"])
    event = Event.objects.filter(key="partner.changed").get()
    assert event.fields == ["further_categories", "phone"]


def test_keeper_and_sites_are_of_the_own_house(world, by, partner):
    with pytest.raises(ValidationError, match="eigenen Haus"):
        acts.update_partner(by=by, partner=partner, keeper=world.outsider.person)
    with pytest.raises(ValidationError, match="eigenen Hauses"):
        acts.create_partner(by=by, name="X", category="other", sites=[world.far_site])
    acts.update_partner(by=by, partner=partner, keeper=world.colleague.person, sites=[world.site])
    again = fresh(partner)
    assert (again.keeper, list(again.sites.all())) == (world.colleague.person, [world.site])


@pytest.mark.rule("PA-01")
@pytest.mark.parametrize("persona", ["carrier_manager", "sysadmin", "dpo", "funder", "outsider", "coordinator"])
def test_who_does_not_look_after_these_partners_changes_nothing(world, partner, persona):
    actor = world.personas[persona].actor
    offer = PartnerOffer.objects.create(organisation=world.nordstadt, partner=partner, title="Tee")
    for act in (
        lambda: acts.update_partner(by=actor, partner=partner, phone="1"),
        lambda: acts.confirm_partner(by=actor, partner=partner),
        lambda: acts.end_partner(by=actor, partner=partner, on=days_ago(0)),
        lambda: offers.add_offer(by=actor, partner=partner, title="x"),
        lambda: offers.drop_offer(by=actor, offer=offer),
        lambda: ties.note_contact(by=actor, partner=partner, on=days_ago(0), kind=ContactKind.CALL),
        lambda: ties.rate_cooperation(by=actor, partner=partner, on=days_ago(0), quality=Quality.GOOD),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert rules.keeps(world.counsellor.actor, partner.organisation_id)


# Finding


def test_partners_are_found_by_what_one_needs(world, by, partner):
    other = acts.create_partner(
        by=by, name="Beratung Mitte", category="law", social_space="Mitte", keeper=world.counsellor.person
    )
    offers.add_offer(by=by, partner=other, title="Mietrecht am Abend", topic="housing", languages=["uk"])
    found = {
        "category": Wanted(category="culture"), "first kind": Wanted(category="law"), "space": Wanted(space="Mitte"),
        "language": Wanted(language="ar"), "language of an offer": Wanted(language="uk"), "topic": Wanted(topic="housing"),
        "mine": Wanted(whose="meine"), "nobody's": Wanted(whose="niemand"), "both": Wanted(space="Mitte", language="ar"),
    }  # fmt: skip
    house, advice = "Haus der Begegnung", "Beratung Mitte"
    assert {key: names(partner_list(by, "", wanted)) for key, wanted in found.items()} == {
        "category": [house], "first kind": [advice], "space": [advice], "language": [house], "language of an offer": [advice],
        "topic": [advice], "mine": [advice], "nobody's": [house], "both": [],
    }  # fmt: skip


@pytest.mark.parametrize(("typed", "is_found"), [
    ("haus", True), ("begeg", True), ("offenes", True), ("aus", False), ("ohr", False),
])  # fmt: skip
def test_partners_are_found_by_a_word_of_the_name_or_an_offer(by, partner, typed, is_found):
    offers.add_offer(by=by, partner=partner, title="Offenes Ohr")
    assert partner_list(by, typed).exists() is is_found


def test_who_has_left_keeps_nothing(world, by, partner):
    acts.update_partner(by=by, partner=partner, keeper=world.colleague.person)
    kept = partner_list(by, "", Wanted(whose="niemand")).exists()
    world.colleague.person.left_on = days_ago(1)
    world.colleague.person.save()
    assert (kept, partner_list(by, "", Wanted(whose="niemand")).exists()) == (False, True)


def test_the_list_is_narrowed_on_its_page(world, by, partner, login):
    acts.create_partner(by=by, name="Beratung Mitte", category="law")
    web = login(world.counsellor)
    shown = {
        query: names(web.get(f"/partner/?{query}").context["page"].rows)
        for query in ("", "q=Beg", "art=law", "sprache=tr", "vorrang=mbe:further", "art=gibtesnicht", "vorrang=Quatsch")
    }
    both = ["Beratung Mitte", "Haus der Begegnung"]
    assert shown == {
        "": both, "q=Beg": both[1:], "art=law": both[:1], "sprache=tr": both[1:], "vorrang=mbe:further": both[1:],
        "art=gibtesnicht": both, "vorrang=Quatsch": both,
    }  # fmt: skip


def test_a_long_list_has_pages_that_keep_the_choice(world, by, login):
    for number in range(30):
        acts.create_partner(by=by, name=f"Schule {number:02}", category="school")
    web = login(world.counsellor)
    first = web.get("/partner/?art=school")
    cursor = first.context["page"].next_cursor
    assert f"?ab={cursor}&amp;art=school" in first.content.decode()
    second = web.get(f"/partner/?ab={cursor}&art=school").context["page"]
    assert (len(first.context["page"].rows), len(second.rows), second.next_cursor) == (25, 5, "")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_does_not_grow(world, by, login, django_assert_num_queries, count):
    for number in range(count):
        made = acts.create_partner(by=by, name=f"P{number}", category="school", further=["daycare"], languages=["ar"])
        ties.note_contact(by=by, partner=made, on=days_ago(1), kind=ContactKind.CALL)
    web = login(world.counsellor)
    web.get("/partner/")
    with django_assert_num_queries(14):
        web.get("/partner/")


# Priority


@pytest.mark.rule("NW-12")
@pytest.mark.parametrize(("categories", "programme", "own", "priority"), [
    (["jobcentre"], "mbe", None, Priority.MANDATORY),
    (["school", "jobcentre"], "mbe", None, Priority.MANDATORY),
    (["health"], "mbe", None, Priority.REQUIRED),
    (["local_branch"], "mbe", None, Priority.INTERNAL),
    (["migrant_organisation"], "mbe", None, Priority.FURTHER),
    (["migrant_organisation"], "ia", None, Priority.REQUIRED),
    (["other"], "mbe", None, None),
    (["jobcentre"], "jmd", None, None),
    (["jobcentre"], "mbe", Priority.FURTHER, Priority.FURTHER),
    (["other"], "mbe", Priority.REQUIRED, Priority.REQUIRED),
])  # fmt: skip
def test_priority_follows_from_the_kinds_unless_the_house_says_otherwise(categories, programme, own, priority):
    assert rules.priority(categories, programme, own) == priority


def test_the_list_knows_the_priority_that_the_house_has_set(world, by, partner):
    jobcentre = acts.create_partner(by=by, name="Jobcenter", category="jobcentre", further=["health"])
    acts.rank_partner(
        by=by, partner=partner, programme=world.mbe, priority=Priority.MANDATORY, reason="Ohne geht es nicht."
    )
    found = {one: names(partner_list(by, "", Wanted(ranked=f"mbe:{one}"))) for one in Priority}
    assert found == {
        Priority.MANDATORY: ["Haus der Begegnung", "Jobcenter"], Priority.REQUIRED: [], Priority.INTERNAL: [], Priority.FURTHER: [],
    }  # fmt: skip
    acts.rank_partner(by=by, partner=jobcentre, programme=world.mbe, priority=Priority.REQUIRED, reason="Nur am Rand.")
    assert names(partner_list(by, "", Wanted(ranked="mbe:required"))) == ["Jobcenter"]


def test_an_own_priority_has_a_reason_and_can_be_taken_back(world, by, partner):
    with pytest.raises(ValidationError, match="Grund"):
        acts.rank_partner(by=by, partner=partner, programme=world.mbe, priority=Priority.REQUIRED, reason=" ")
    acts.rank_partner(by=by, partner=partner, programme=world.mbe, priority=Priority.REQUIRED, reason="Weil.")
    acts.rank_partner(by=by, partner=partner, programme=world.mbe, priority=Priority.INTERNAL, reason="Doch.")
    kept = [(row.priority, row.reason) for row in PartnerPriority.objects.all()]
    acts.rank_partner(by=by, partner=partner, programme=world.mbe, priority=None)
    assert (kept, PartnerPriority.objects.count()) == ([(Priority.INTERNAL, "Doch.")], 0)


def test_priority_is_set_on_its_page(world, partner, login):
    web = login(world.counsellor)
    page = url(partner, "vorrang/mbe/")
    refused = web.post(page, {"priority": "required", "reason": ""}).content.decode()
    web.post(page, {"priority": "required", "reason": "Weil."})
    assert ("Bitte einen Grund angeben." in refused, PartnerPriority.objects.get().priority) == (True, "required")
    assert "erforderlich, selbst festgelegt" in web.get(url(partner)).content.decode()
    assert web.get(url(partner, "vorrang/jmd/")).status_code == 404


# Offers and people


def test_an_offer_is_entered_and_changed_on_its_page(world, by, partner, login):
    person = offers.add_person(by=by, partner=partner, name="Frau Wolf")
    web = login(world.counsellor)
    typed = {
        "title": "Sprechstunde",
        "topic": "housing",
        "for_whom": "alle",
        "languages": ["ar"],
        "contact": person.public_id,
    }
    web.post(url(partner, "angebote/neu/"), typed)
    offer = PartnerOffer.objects.get()
    PartnerOffer.objects.update(checked_on=days_ago(100))
    web.post(
        url(partner, f"angebote/{offer.public_id}/"),
        {**typed, "title": "Offene Sprechstunde", "languages": ["ar", "uk"]},
    )
    offer = PartnerOffer.objects.get()
    assert (offer.title, offer.title_key, sorted(offer.languages), offer.contact, offer.checked_on) == (
        "Offene Sprechstunde", "offene sprechstunde", ["ar", "uk"], person, timezone.localdate(),
    )  # fmt: skip
    web.post(url(partner, f"angebote/{offer.public_id}/entfernen/"))
    assert (PartnerOffer.objects.count(), fresh(partner).languages) == (0, ["ar", "tr"])


def test_somebody_from_elsewhere_answers_for_no_offer(by, partner):
    other = acts.create_partner(by=by, name="Andere", category="law")
    person = offers.add_person(by=by, partner=other, name="Frau Wolf")
    with pytest.raises(ValidationError, match="bei diesem Partner"):
        offers.add_offer(by=by, partner=partner, title="Tee", contact=person)


@pytest.mark.rule("PA-03")
def test_people_at_a_partner_are_sealed_and_can_be_removed(world, by, partner, login):
    person = offers.add_person(by=by, partner=partner, name="Frau Wolf", phone="0201 77", email="wolf@haus.example")
    stored = ContactPerson.objects.filter(pk=person.pk).values_list("name", "phone", "email").get()
    assert not any(b"olf" in bytes(value) or b"77" in bytes(value) for value in stored)
    offers.add_offer(by=by, partner=partner, title="Tee", contact=person)
    login(world.counsellor).post(url(partner, f"personen/{person.public_id}/entfernen/"))
    told = list(Event.objects.filter(key="partner.person_removed").values_list("fields", "details", "object_ref"))
    assert (ContactPerson.objects.count(), PartnerOffer.objects.get().contact, told) == (
        0,
        None,
        [([], {}, partner.public_id)],
    )


def test_who_is_not_there_any_more_stands_apart(world, by, partner, login):
    offers.add_person(by=by, partner=partner, name="Frau Wolf")
    offers.add_person(by=by, partner=partner, name="Herr Fuchs", valid_to=days_ago(1))
    shown = login(world.counsellor).get(url(partner)).context
    assert ([one.name for one in shown["people"]], [one.name for one in shown["former"]]) == (
        ["Frau Wolf"],
        ["Herr Fuchs"],
    )


# Contacts, ratings


def test_the_last_contact_shows(world, by, partner, login):
    ties.note_contact(by=by, partner=partner, on=days_ago(3), kind=ContactKind.VISIT, note="Tee getrunken")
    ties.note_contact(by=by, partner=partner, on=days_ago(9), kind=ContactKind.CALL)
    web = login(world.counsellor)
    assert web.get("/partner/").context["page"].rows[0].last_contact_on == days_ago(3)
    contacts = web.get(url(partner)).context["partner"].last_contacts
    assert [(one.on, one.note) for one in contacts] == [(days_ago(3), "Tee getrunken"), (days_ago(9), "")]
    web.post(url(partner, f"kontakte/{contacts[0].public_id}/loeschen/"))
    assert PartnerContact.objects.count() == 1


@pytest.mark.rule("DA-01")
def test_what_has_happened_with_a_partner_has_no_date_in_the_future(by, partner):
    soon = days_ago(-1)
    for act in (
        lambda: ties.note_contact(by=by, partner=partner, on=soon, kind=ContactKind.CALL),
        lambda: ties.rate_cooperation(by=by, partner=partner, on=soon, quality=Quality.GOOD),
        lambda: acts.end_partner(by=by, partner=partner, on=soon),
    ):
        with pytest.raises(ValidationError, match="Zukunft"):
            act()


def test_the_newest_rating_counts_and_earlier_ones_stay(world, by, partner, login):
    ties.rate_cooperation(by=by, partner=partner, on=days_ago(100), quality=Quality.DIFFICULT, reason="Niemand da.")
    login(world.counsellor).post(
        url(partner, "zusammenarbeit/"), {"quality": "good", "reason": "Neue Leitung.", "on": f"{days_ago(1)}"}
    )
    shown = login(world.counsellor).get(url(partner)).context["partner"].last_ratings
    assert [(one.quality, one.reason) for one in shown] == [("good", "Neue Leitung."), ("difficult", "Niemand da.")]


# Looked at again


@pytest.mark.rule("PA-02")
@pytest.mark.parametrize(("days", "is_ended", "is_stale"), [(0, False, False), (1, False, True), (1, True, False)])
def test_what_was_not_checked_for_a_year_is_stale(days, is_ended, is_stale):
    today = timezone.localdate()
    checked = months_before(today, 12) - timedelta(days=days)
    assert rules.is_stale(Partner(checked_on=checked, ended_on=today if is_ended else None), today, 12) is is_stale


@pytest.mark.rule("PA-02")
def test_the_house_sets_after_how_long_it_asks(world, by, partner):
    Partner.objects.update(checked_on=days_ago(200))
    today = days_ago(0)
    before = list(stale_partners(by, today))
    set_value(by=world.technical_lead.actor, key="partners.check_months", value="6", valid_from=today)
    assert (before, list(stale_partners(world.counsellor.actor, today))) == ([], [partner])


@pytest.mark.rule("PA-02")
def test_who_keeps_the_contact_is_asked_on_the_page_of_the_day(world, by, partner, login):
    acts.update_partner(by=by, partner=partner, keeper=world.counsellor.person)
    Partner.objects.update(checked_on=days_ago(500))
    asked = {
        name: [*my_stale_partners(world.personas[name].actor, days_ago(0))]
        for name in ("counsellor", "colleague", "dpo")
    }
    assert asked == {"counsellor": [partner], "colleague": [], "dpo": []}

    web = login(world.counsellor)
    button = url(partner, "stimmt-noch/")
    assert button in web.get("/").content.decode()
    answer = web.post(button, {"weiter": "heute"})
    assert (answer.url, button in web.get("/").content.decode()) == ("/", False)


def test_confirming_holds_for_what_is_offered_too(by, partner):
    offers.add_offer(by=by, partner=partner, title="Tee")
    offers.add_offer(by=by, partner=partner, title="Früher", valid_to=days_ago(50))
    Partner.objects.update(checked_on=days_ago(500))
    PartnerOffer.objects.update(checked_on=days_ago(500))
    acts.confirm_partner(by=by, partner=partner)
    checked = dict(PartnerOffer.objects.values_list("title", "checked_on"))
    assert (fresh(partner).checked_on, checked) == (days_ago(0), {"Tee": days_ago(0), "Früher": days_ago(500)})


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_to_check_does_not_grow(world, by, login, django_assert_num_queries, count):
    for number in range(count):
        acts.create_partner(
            by=by, name=f"P{number}", category="school", checked_on=days_ago(500), keeper=world.colleague.person
        )
    web = login(world.counsellor)
    assert len(web.get("/partner/pruefen/").context["page"].rows) == count
    with django_assert_num_queries(8):
        web.get("/partner/pruefen/")


def test_an_ended_cooperation_leaves_the_directory_and_can_be_resumed(world, by, partner, login):
    web = login(world.counsellor)
    web.post(url(partner, "ende/"), {"on": f"{days_ago(2)}"})
    gone = partner_list(by).exists()
    with pytest.raises(ValidationError, match="schon beendet"):
        acts.end_partner(by=by, partner=partner, on=days_ago(0))
    web.post(url(partner, "wieder/"))
    assert (gone, partner_list(by).exists()) == (False, True)
    with pytest.raises(ValidationError, match="arbeiten Sie schon"):
        acts.resume_partner(by=by, partner=partner)


# Pages


def test_a_partner_is_entered_with_four_fields(world, login):
    web = login(world.counsellor)
    form = web.get("/partner/neu/?art=jobcentre&stelle=x").context["form"]
    assert (form.initial["category"], form.initial["keeper"]) == ("jobcentre", world.counsellor.person.public_id)
    web.post("/partner/neu/", {"name": "Jobcenter Mitte", "category": "jobcentre"})
    made = Partner.objects.get()
    assert (made.name, made.categories, made.keeper, made.checked_on) == (
        "Jobcenter Mitte",
        ["jobcentre"],
        None,
        days_ago(0),
    )


def test_the_form_shows_again_what_was_kept(world, by, partner, login):
    acts.update_partner(by=by, partner=partner, keeper=world.counsellor.person, social_space="Nord")
    web = login(world.counsellor)
    form = web.get(url(partner, "aendern/")).context["form"]
    again = {name: form.initial[name] for name in ("further", "languages", "keeper", "social_space")}
    assert again == {
        "further": ["culture", "self_help"], "languages": ["ar", "tr"], "keeper": world.counsellor.person.public_id, "social_space": "Nord",
    }  # fmt: skip
    web.post(url(partner, "aendern/"), {"name": partner.name, "category": "culture", **again})
    assert fresh(partner).categories == ["culture", "self_help"]


def test_one_name_is_entered_once(world, partner, login):
    answer = login(world.counsellor).post("/partner/neu/", {"name": "haus der begegnung", "category": "law"})
    assert "Diesen Kooperationspartner gibt es schon." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_does_not_grow_with_what_stands_on_it(world, by, partner, login, django_assert_num_queries, count):
    for number in range(count):
        person = offers.add_person(by=by, partner=partner, name=f"Frau {number}")
        offers.add_offer(by=by, partner=partner, title=f"Tee {number}", contact=person, languages=["ar"])
        ties.note_contact(by=by, partner=partner, on=days_ago(number), kind=ContactKind.CALL)
        ties.rate_cooperation(by=by, partner=partner, on=days_ago(number), quality=Quality.GOOD)
        other = make.partner(world, name=f"Haus {number}")
        ties.relate(by=by, partner=partner, other=other, closeness="knows", since=days_ago(number))
    web = login(world.counsellor)
    web.get(url(partner))
    with django_assert_num_queries(20):
        web.get(url(partner))


def test_pages_of_other_houses_do_not_exist(world, by, partner, login):
    offer = offers.add_offer(by=by, partner=partner, title="Tee")
    web = login(world.outsider)
    answers = {
        web.get(url(partner, rest)).status_code
        for rest in ("", "aendern/", "angebote/neu/", f"angebote/{offer.public_id}/", "kontakte/neu/")
    }
    assert answers == {404}


# Whom one asks for there: in one place


@pytest.mark.rule("PA-03")
def test_who_is_named_with_a_new_partner_is_a_contact_person_like_others(world, by, login):
    web = login(world.counsellor)
    web.post("/partner/neu/", {"name": "Verein", "category": "other", "contact_person": "Frau Muster"})
    made = Partner.objects.get(name="Verein")
    (person,) = made.people.all()
    assert (person.name, made.contact_name) == ("Frau Muster", "Frau Muster")
    assert "Frau Muster" in web.get("/partner/").content.decode()
    assert 'name="contact_person"' not in web.get(url(made, "aendern/")).content.decode()


@pytest.mark.parametrize(("until", "name"), [(-1, "Herr Zweiter"), (0, "Frau Erste"), (None, "Frau Erste")])
def test_who_is_no_longer_there_is_not_named_first(by, partner, until, name):
    last = None if until is None else days_ago(-until)
    offers.add_person(by=by, partner=partner, name="Frau Erste", valid_to=last)
    offers.add_person(by=by, partner=partner, name="Herr Zweiter")
    assert partner.contact_name == name
