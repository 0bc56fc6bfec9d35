"""Money asked for beside the grant: from the draft to the proof of what it was used for."""

import io
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.urls import reverse
from lxml import html

from lotse.core.errors import NotAllowed
from lotse.documents.intake import receive
from lotse.documents.rendering import KeyValues, Table
from lotse.funding.actions import subsidies as acts
from lotse.funding.actions.ledger import take_back
from lotse.funding.enums import EntryKind, SubsidyState
from lotse.funding.models import Subsidy
from lotse.funding.queries import subsidies as queries
from lotse.funding.subsidy_papers import letter, package
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Post, PostShare
from lotse.partners.models import Partner
from tests.documents.files import pdf, upload
from tests.factories import funds, funds_more
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused
from tests.personas import organisation

SENT_ON = date(2016, 3, 23)
LETTER = {
    "kind": "municipality", "addressee": "Stadt Beispiel", "address": "Rathausplatz 1", "subject": "Migrationsberatung",
    "eligible_costs": "99.000,00", "uncovered": "10.000,00", "requested": "10.000,00", "first_year": "2016",
    "last_year": "2019", "dated_on": "2016-03-23", "text": "Der Bedarf wächst.", "copies_to": "Fraktionen",
}  # fmt: skip


@pytest.fixture
def by(world):
    return world.carrier_manager.actor


@pytest.fixture
def asked(world):
    return funds_more.subsidy_of(world.nordstadt)


def share_of(world, fte="0.50", since=date(2016, 3, 15)):
    post = Post.objects.create(organisation=world.nordstadt, title="Beratung", fte=Decimal(fte))
    person = world.colleague.person
    person.languages, person.qualification = ["ar", "fr"], "Sozialarbeit"
    person.save()
    return PostShare.objects.create(post=post, person=person, fte=Decimal(fte), valid_from=since)


def test_the_example_asks_for_a_tenth_and_counts_one_and_a_half_posts(world, by, asked):
    funds_more.other_post_of(asked)
    acts.add_planned_post(by=by, subsidy=asked, share=share_of(world))
    paper = letter(asked, queries.posts_of(asked), ())
    amounts = [block for block in paper.blocks if isinstance(block, KeyValues)][1]
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    assert amounts.rows == (
        ("Zuwendungsfähige Kosten im Jahr", "99.000,00 €"), ("Davon nicht gedeckt", "10.000,00 € (10,1 %)"),
        ("Beantragt im Jahr", "10.000,00 €"), ("Zusammen 2016 bis 2019", "40.000,00 € (4 × 10.000,00 €)"),
    )  # fmt: skip
    assert table.rows == (
        ("Dana Beispiel", "", "", "1,00", "01.01.2016"),
        ("Colleague Beispiel", "Sozialarbeit", "Arabisch, Französisch", "0,50", "15.03.2016"),
        ("zusammen", "", "", "1,50", ""),
    )


def test_a_draft_reads_the_post_plan_and_what_was_sent_stays(world, by, asked):
    share = share_of(world)
    acts.add_planned_post(by=by, subsidy=asked, share=share)
    PostShare.objects.update(fte=Decimal("0.75"))
    assert queries.fte_of(queries.posts_of(asked)) == Decimal("0.75")
    sent = acts.send_subsidy(by=by, subsidy=asked, on=SENT_ON)
    PostShare.objects.update(fte=Decimal("0.25"))
    (post,) = queries.posts_of(sent)
    assert (post.fte, post.name, post.languages) == (Decimal("0.75"), "Colleague Beispiel", "Arabisch, Französisch")


def test_nothing_in_a_request_changes_once_it_is_sent(by, asked):
    post = funds_more.other_post_of(asked)
    acts.send_subsidy(by=by, subsidy=asked, on=SENT_ON)
    told = ["Der Antrag ist gestellt und wird nicht mehr geändert."]
    assert refused(acts.change_subsidy, by=by, subsidy=asked, subject="Anderes") == told
    assert refused(acts.remove_post, by=by, post=post) == told
    assert refused(acts.send_subsidy, by=by, subsidy=asked, on=SENT_ON) == told


def test_no_more_is_asked_for_than_is_not_covered(by, asked):
    told = refused(acts.change_subsidy, by=by, subsidy=asked, requested=Decimal("10000.01"))
    assert told == ["Beantragt wird höchstens, was nicht gedeckt ist."]


@pytest.mark.parametrize(
    ("state", "awarded", "told"),
    [
        ("granted", "9999.99", "Das ist weniger als beantragt. Bitte „teilweise bewilligt“ wählen."),
        ("partly", "10000", "Das ist der ganze Betrag. Bitte „bewilligt“ wählen."),
        ("partly", "10000.01", "Bewilligt werden kann höchstens, was beantragt ist."),
        ("granted", None, "Bitte sagen, wann wie viel bewilligt wurde."),
    ],
)
def test_a_decision_fits_what_was_asked_for(by, asked, state, awarded, told):
    acts.send_subsidy(by=by, subsidy=asked, on=SENT_ON)
    values = {"subsidy": asked, "state": SubsidyState(state), "awarded": Decimal(awarded) if awarded else None}
    assert refused(acts.decide_subsidy, by=by, on=SENT_ON, **values) == [told]


def test_a_decision_needs_a_request_and_comes_once(by, asked):
    values = {"by": by, "subsidy": asked, "state": SubsidyState.REFUSED}
    assert refused(acts.decide_subsidy, on=SENT_ON, **values) == ["Entschieden wird über einen gestellten Antrag."]
    acts.send_subsidy(by=by, subsidy=asked, on=SENT_ON)
    early = refused(acts.decide_subsidy, on=date(2016, 3, 22), **values)
    assert early == ["Entschieden wird frühestens am Tag des Antrags."]
    acts.decide_subsidy(on=SENT_ON, awarded=Decimal(5), **values)
    assert refused(acts.decide_subsidy, on=SENT_ON, **values) == ["Über diesen Antrag ist schon entschieden."]
    assert refused(acts.withdraw_subsidy, by=by, subsidy=asked) == ["Über diesen Antrag ist schon entschieden."]
    asked.refresh_from_db()
    assert (asked.state, asked.awarded) == ("refused", None)


def test_what_came_and_what_was_spent_is_read_from_the_ledger(world, by, grant):
    given = funds_more.awarded_of(world.nordstadt)
    came = funds.entry_of(grant, world.nordstadt, 100, kind=EntryKind.INCOME)
    spent, wrong = (funds.entry_of(grant, world.nordstadt, amount) for amount in (30, 50))
    for entry in (came, spent, wrong):
        acts.note_use(by=by, subsidy=given, entry=entry)
    take_back(by=by, entry=wrong, on=date(YEAR, 3, 1), reason="doppelt")
    found = queries.used(given)
    assert (found.came, found.spent, found.left) == (100, 30, 70)
    assert list(queries.entries_to_offer(given)) == []


def test_an_entry_belongs_to_one_subsidy_of_its_own_carrier(world, by, grant):
    given, other = (funds_more.awarded_of(world.nordstadt) for _ in range(2))
    entry = funds.entry_of(grant, world.nordstadt, 5, kind=EntryKind.INCOME)
    acts.note_use(by=by, subsidy=given, entry=entry)
    assert refused(acts.note_use, by=by, subsidy=other, entry=entry) == [
        "Diese Buchung gehört schon zu einem Zuschuss."
    ]
    far = funds.entry_of(grant, world.suedstadt, 5)
    assert refused(acts.note_use, by=by, subsidy=given, entry=far) == ["Das gehört zu einem anderen Träger."]
    own = funds.entry_of(grant, world.nordstadt, 5, kind=EntryKind.OWN_SHARE)
    assert refused(acts.note_use, by=by, subsidy=given, entry=own) == ["Ein Eigenanteil ist kein Zuschuss."]
    draft = funds_more.subsidy_of(world.nordstadt)
    told = refused(acts.note_use, by=by, subsidy=draft, entry=entry)
    assert told == ["Das geht erst, wenn der Zuschuss bewilligt ist."]


def test_a_post_of_another_carrier_is_not_in_the_letter(world, by, asked):
    post = Post.objects.create(organisation=world.suedstadt, title="Beratung", fte=1)
    share = PostShare.objects.create(post=post, person=world.outsider.person, fte=1, valid_from=SENT_ON)
    assert refused(acts.add_planned_post, by=by, subsidy=asked, share=share) == ["Das gehört zu einem anderen Träger."]
    assert queries.shares_to_offer(asked, SENT_ON) == {}


def test_letter_and_attachments_are_one_file(by, asked):
    with receive(upload(pdf("Konzept"), "konzept.pdf"), by=by) as received:
        row = acts.attach(by=by, subsidy=asked, title="Konzept", received=received)
    made = ZipFile(io.BytesIO(package(asked, [], asked.attachments.all())))
    assert made.namelist() == ["00 Antrag.pdf", "01 konzept.pdf"]
    assert made.read("01 konzept.pdf") == pdf("Konzept")
    acts.detach(by=by, attachment=row)
    assert (asked.attachments.count(), row.file.__class__.objects.get().deleted_at is None) == (0, False)


def test_from_the_form_to_the_decision_in_the_browser(client, world):
    client.force_login(world.carrier_manager.user)
    page = client.post(reverse("funding:new_subsidy"), {**LETTER, "carrier": world.nordstadt.public_id})
    row = Subsidy.objects.get()
    assert (page.url, row.requested, row.organisation) == (
        reverse("funding:subsidy", args=[row.public_id]), Decimal(10_000), world.nordstadt,
    )  # fmt: skip
    client.post(reverse("funding:send_subsidy", args=[row.public_id]), {"on": "2016-03-23"})
    decision = {"state": "partly", "on": "2016-05-02", "awarded": "6.000,00", "proof_due_on": "2017-03-31"}
    client.post(reverse("funding:decide_subsidy", args=[row.public_id]), decision)
    row.refresh_from_db()
    assert (row.state, row.awarded, row.awarded_in_all) == ("partly", Decimal(6000), Decimal(24_000))
    client.post(reverse("funding:prove_subsidy", args=[row.public_id]), {"on": "2017-03-30"})
    assert "abgegeben am 30.03.2017" in client.get(page.url).content.decode()
    assert "24.000,00 €" in client.get(page.url).content.decode()


def test_too_much_is_said_beside_the_field(client, world):
    client.force_login(world.carrier_manager.user)
    given = {**LETTER, "carrier": world.nordstadt.public_id, "requested": "10.000,01", "uncovered": "99.000,01"}
    page = client.post(reverse("funding:new_subsidy"), given).content.decode()
    assert "Nicht gedeckt sein kann höchstens, was es kostet." in page
    assert Subsidy.objects.count() == 0


def test_a_carrier_never_sees_another_ones_requests(client, world, by):
    far = funds_more.subsidy_of(world.suedstadt)
    assert list(queries.subsidies(by)) == []
    assert list(queries.subsidies(world.coordinator.actor)) == [far]
    client.force_login(world.carrier_manager.user)
    assert client.get(reverse("funding:subsidy", args=[far.public_id])).status_code == 404
    with pytest.raises(NotAllowed):
        acts.withdraw_subsidy(by=by, subsidy=far)


@pytest.mark.parametrize("name", ["counsellor", "specialist", "technical_lead", "funder", "sysadmin"])
def test_who_keeps_no_funds_asks_for_none(world, name):
    with pytest.raises(NotAllowed):
        acts.begin_subsidy(by=getattr(world, name).actor, carrier=world.nordstadt)


def test_the_list_costs_the_same_however_long(client, world, django_assert_num_queries):
    client.force_login(world.coordinator.user)
    address = reverse("funding:subsidies")
    client.get(address)
    funds_more.subsidy_of(world.nordstadt)
    with django_assert_num_queries(5) as first:
        client.get(address)
    for _ in range(30):
        funds_more.subsidy_of(world.suedstadt)
    with django_assert_num_queries(len(first)):
        page = client.get(address)
    assert (len(page.context["rows"]), bool(page.context["page"].next_cursor)) == (25, True)


def test_whom_one_writes_to_is_suggested(world, house, login):
    funds_more.subsidy_of(world.nordstadt, addressee="Stadt Beispiel, Jugendamt")
    funds_more.subsidy_of(world.suedstadt, addressee="Stiftung Süd")
    organisation("Stadt Nordstadt", OrganisationKind.MUNICIPALITY)
    for carrier, name in ((world.nordstadt, "Mieterberatung"), (world.suedstadt, "Tafel Süd")):
        Partner.objects.create(organisation=carrier, name=name, category="housing")
    Partner.objects.create(organisation=world.nordstadt, name="Früher", category="housing", ended_on=date(2020, 1, 1))
    page = html.fromstring(login(world.carrier_manager).get("/foerderung/zuschuesse/neu/").content)
    offered = page.xpath("//datalist[@id='suggested']/option/@value")
    assert offered == ["Stadt Beispiel, Jugendamt", "Stadt Nordstadt", "Mieterberatung"]
    assert page.xpath("//input[@name='addressee']/@list") == ["suggested"]
