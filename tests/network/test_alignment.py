import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.network import naming, rules
from lotse.network.actions import alignment as acts
from lotse.network.actions import exchanges
from lotse.network.enums import ExchangeState
from lotse.network.models import ExchangeProcess, PracticeExample
from lotse.network.queries import alignment as queries
from tests.documents.files import pdf, upload
from tests.factories import ways as make
from tests.factories.ways import days, today
from tests.personas import grant


@pytest.fixture
def within(world):
    return make.alignment(world)


@pytest.fixture
def found(world, within):
    return make.exchange(world, within)


def state(found):
    found.refresh_from_db()
    return found.state_on(today())


# --- DP-05 ---------------------------------------------------------------------------------------------------------------
@pytest.mark.rule("DP-05")
def test_an_exchange_holds_once_both_officers_said_yes(world, found):
    exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found)
    assert state(found) == ExchangeState.DRAFT
    assert not ExchangeProcess.objects.in_force_on(today()).exists()
    make.agreed_there(world, found)

    assert (state(found), found.activated_on, found.own_yes_by, found.other_yes_by) == (
        ExchangeState.IN_FORCE, today(), world.dpo.person, "Frau Kern",
    )  # fmt: skip
    assert [row.pk for row in ExchangeProcess.objects.in_force_on(today())] == [found.pk]


@pytest.mark.rule("DP-05")
def test_the_order_of_the_two_does_not_matter(world, found):
    make.agreed_there(world, found)
    assert state(found) == ExchangeState.DRAFT
    exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found)
    assert state(found) == ExchangeState.IN_FORCE


@pytest.mark.rule("DP-05")
def test_one_yes_is_not_enough():
    assert not rules.may_take_effect(ExchangeProcess(own_yes_on=today()))
    assert not rules.may_take_effect(ExchangeProcess(other_yes_on=today()))
    assert rules.may_take_effect(ExchangeProcess(own_yes_on=today(), other_yes_on=today()))


@pytest.mark.rule("DP-05")
@pytest.mark.parametrize(
    "name", ["technical_lead", "carrier_manager", "counsellor", "sysadmin", "coordinator", "outsider"]
)
def test_nobody_but_the_officer_of_the_house_says_yes(world, found, name):
    by = getattr(world, name).actor
    for act in (exchanges.agree_to_exchange, lambda **k: exchanges.object_to_exchange(**k, objection="x")):
        with pytest.raises(NotAllowed):
            act(by=by, exchange=found)


@pytest.mark.rule("DP-05")
def test_who_prepared_it_does_not_agree_to_it(world, within):
    grant(world.technical_lead.person, "dpo", world.nordstadt)
    found = make.exchange(world, within)
    assert rules.looks_after_data(world.technical_lead.actor, world.nordstadt.pk)
    with pytest.raises(NotAllowed):
        exchanges.agree_to_exchange(by=world.technical_lead.actor, exchange=found)


@pytest.mark.rule("DP-05")
def test_a_yes_holds_for_the_words_it_was_said_to(world, found):
    exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found)
    fresh = exchanges.change_exchange(by=world.technical_lead.actor, exchange=found, categories="Name, Telefon")
    assert (fresh.own_yes_on, fresh.other_yes_on) == (None, None)

    with pytest.raises(ValidationError, match="inzwischen geändert"):
        exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found, revision=1)
    make.agreed_there(world, found)
    assert state(found) == ExchangeState.DRAFT


def test_the_sheet_of_a_yes_to_other_words_is_deleted(world, found):
    there = make.agreed_there(world, found).scan
    exchanges.change_exchange(by=world.technical_lead.actor, exchange=found, purpose="Anderes")
    there.refresh_from_db()
    assert there.deleted_at is not None
    again = make.agreed_there(world, found).scan
    exchanges.drop_exchange(by=world.technical_lead.actor, exchange=found)
    again.refresh_from_db()
    assert again.deleted_at is not None


@pytest.mark.rule("DP-05")
def test_saving_without_a_change_asks_nobody_again(world, found):
    exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found)
    exchanges.change_exchange(by=world.technical_lead.actor, exchange=found, categories=found.categories)
    make.agreed_there(world, found)
    assert state(found) == ExchangeState.IN_FORCE


def test_an_officer_says_what_is_missing_and_is_asked_again_after_a_change(world, found):
    with pytest.raises(ValidationError, match="was noch fehlt"):
        exchanges.object_to_exchange(by=world.dpo.actor, exchange=found, objection=" ")
    exchanges.object_to_exchange(by=world.dpo.actor, exchange=found, objection="Rechtsgrundlage fehlt")
    assert make.duties(world.dpo.actor) == []
    assert [duty.what for duty in make.duties(world.technical_lead.actor)] == ["Datenaustausch prüfen"]

    exchanges.change_exchange(by=world.technical_lead.actor, exchange=found, legal_basis="§ 67d SGB X")
    found.refresh_from_db()
    assert (found.objected_on, found.objection) == (None, "")
    assert [duty.title for duty in make.duties(world.dpo.actor)] == ["Warme Übergabe"]


def test_what_is_in_force_is_not_changed_but_renewed(world, found):
    make.in_force(world, found)
    with pytest.raises(ValidationError, match="schon in Kraft"):
        exchanges.change_exchange(by=world.technical_lead.actor, exchange=found, purpose="Anderes")
    renewed = exchanges.renew_exchange(by=world.technical_lead.actor, exchange=found)
    with pytest.raises(ValidationError, match="schon in Vorbereitung"):
        exchanges.renew_exchange(by=world.technical_lead.actor, exchange=found)

    assert [row.pk for row in ExchangeProcess.objects.in_force_on(today())] == [found.pk]
    make.in_force(world, renewed)
    assert [row.pk for row in ExchangeProcess.objects.in_force_on(today())] == [renewed.pk]
    assert state(found) == ExchangeState.ENDED


def test_a_draft_is_neither_renewed_nor_ended(world, found):
    for act in (exchanges.renew_exchange, lambda **k: exchanges.end_exchange(**k, note="x")):
        with pytest.raises(ValidationError, match="nicht in Kraft"):
            act(by=world.technical_lead.actor, exchange=found)


@pytest.mark.rule("DP-05")
def test_an_officer_takes_her_yes_back_by_ending_it(world, found):
    make.in_force(world, found)
    with pytest.raises(NotAllowed):
        exchanges.end_exchange(by=world.counsellor.actor, exchange=found, note="x")
    with pytest.raises(ValidationError, match="Grund"):
        exchanges.end_exchange(by=world.dpo.actor, exchange=found, note=" ")
    exchanges.end_exchange(by=world.dpo.actor, exchange=found, note="Neues Gesetz")
    assert (state(found), found.scan.keep_until is not None) == (ExchangeState.ENDED, True)
    assert not ExchangeProcess.objects.in_force_on(today()).exists()


def test_states_follow_the_days(world, within):
    coming = make.in_force(world, make.exchange(world, within, valid_from=days(5), valid_to=days(10)))
    expected = {
        0: ExchangeState.COMING,
        5: ExchangeState.IN_FORCE,
        10: ExchangeState.IN_FORCE,
        11: ExchangeState.EXPIRED,
    }
    assert {n: coming.state_on(days(n)) for n in expected} == expected
    in_force = {n: ExchangeProcess.objects.in_force_on(days(n)).exists() for n in expected}
    assert in_force == {0: False, 5: True, 10: True, 11: False}


@pytest.mark.rule("DP-05")
def test_an_alignment_is_led_by_its_contact_and_who_steers(world, within):
    assert rules.leads_alignment(world.technical_lead.actor, within)
    assert rules.leads_alignment(world.carrier_manager.actor, within)
    for name in ("counsellor", "dpo", "coordinator", "outsider"):
        with pytest.raises(NotAllowed):
            acts.add_party(by=getattr(world, name).actor, alignment=within, name="Jobcenter")
    led = make.alignment(world, contact=world.counsellor, title="Mit dem Jobcenter")
    assert acts.add_party(by=world.counsellor.actor, alignment=led, name="Jobcenter").name == "Jobcenter"
    moved = world.counsellor.actor
    led.organisation_id = world.suedstadt.pk
    assert not rules.leads_alignment(moved, led)


def test_who_must_act_finds_it_on_today(world, found, django_capture_on_commit_callbacks):
    def seen(name):
        return [(duty.what, duty.title) for duty in make.duties(getattr(world, name).actor)]

    asked = ("Datenaustausch prüfen", "Warme Übergabe")
    assert (seen("dpo"), seen("technical_lead"), seen("counsellor"), seen("outsider")) == ([asked], [asked], [], [])
    exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found)
    assert (seen("dpo"), seen("technical_lead")) == ([], [asked])
    make.agreed_there(world, found)
    assert (seen("dpo"), seen("technical_lead")) == ([], [])


def test_what_will_soon_end_stands_on_today_of_the_contact(world, within):
    make.in_force(world, make.exchange(world, within, valid_to=days(60)))
    assert [duty.what for duty in make.duties(world.technical_lead.actor)] == ["Datenaustausch prüfen"]


def test_the_timetable_reminds_the_contact(world):
    led = make.alignment(world, contact=world.counsellor, clear_by=days(7), done_by=days(50))
    assert [duty.title for duty in make.duties(world.counsellor.actor)] == [led.title]
    acts.end_alignment(by=world.counsellor.actor, alignment=led, on=today())
    assert make.duties(world.counsellor.actor) == []


def test_officers_are_told_by_mail_without_any_detail(world, within, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make.exchange(world, within, purpose="Geheimer Zweck")
    (letter,) = [letter for letter in mail.outbox if letter.to == ["dpo@lotse.example"]]
    assert "Geheim" not in letter.subject + letter.body


# --- examples ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def checked(monkeypatch):
    """As if a client of hers were called Wolf."""
    monkeypatch.setattr(naming, "_finders", [])
    naming.register_names(lambda _actor, words: {"wolf"} & set(words))


@pytest.mark.rule("DP-06")
def test_words_that_are_names_of_clients_are_named_to_who_writes(world, within, login, checked):
    page, url = login(world.counsellor), f"/netzwerk/datenaustausch/{within.public_id}/beispiel/"
    given = {"text": "Bei Herrn Wolf ging es nicht", "hindered": ""}
    answer = page.post(url, given)
    assert "Wolf" in answer.context["form"].open_warnings[0].message
    assert not PracticeExample.objects.exists()

    assert page.post(url, {**given, "acknowledged": "names"}).status_code == 302
    entry = Event.objects.get(key="alignment.example_told")
    assert entry.details["warnings"] == ["names"]


@pytest.mark.rule("DP-06")
def test_a_text_without_names_is_taken_at_once(world, within, login, checked):
    url = f"/netzwerk/datenaustausch/{within.public_id}/beispiel/"
    assert login(world.counsellor).post(url, {"text": "Ein Anruf wurde abgelehnt"}).status_code == 302
    (row,) = PracticeExample.objects.all()
    assert (row.text, row.written_by) == ("Ein Anruf wurde abgelehnt", world.counsellor.person)


@pytest.fixture
def told(world, within):
    return acts.tell_example(by=world.counsellor.actor, alignment=within, text="Ein Anruf wurde abgelehnt")


@pytest.mark.rule("DP-06")
def test_names_are_named_again_when_an_example_is_changed(world, told, login, checked):
    page, url = login(world.counsellor), f"/netzwerk/datenaustausch/beispiel/{told.public_id}/aendern/"
    assert page.get(url).context["form"]["text"].value() == "Ein Anruf wurde abgelehnt"
    given = {"text": "Ein Anruf wurde abgelehnt", "hindered": "Frau Wolf durfte nicht", "revision": "1"}
    assert "Wolf" in page.post(url, given).context["form"].open_warnings[0].message
    told.refresh_from_db()
    assert (told.hindered, told.revision) == ("", 1)

    assert page.post(url, {**given, "acknowledged": "names"}).status_code == 302
    told.refresh_from_db()
    assert (told.hindered, told.revision) == ("Frau Wolf durfte nicht", 2)
    entry = Event.objects.get(key="alignment.example_changed")
    assert (entry.fields, entry.details["warnings"]) == (["hindered"], ["names"])


def test_an_example_is_changed_by_who_told_it_only(world, within, told, login):
    for name in ("technical_lead", "colleague", "outsider"):
        with pytest.raises(NotAllowed):
            acts.change_example(by=world.personas[name].actor, example=told, text="x")
    url = f"/netzwerk/datenaustausch/beispiel/{told.public_id}/aendern/"
    address = f"/netzwerk/datenaustausch/{within.public_id}/"
    shown = {
        name: url in login(world.personas[name]).get(address).content.decode()
        for name in ("counsellor", "technical_lead")
    }
    assert shown == {"counsellor": True, "technical_lead": False}


def test_an_example_stays_when_the_alignment_is_over_or_another_window_was_first(world, within, told):
    by = world.counsellor.actor
    acts.change_example(by=by, example=told, revision=1, text="Neu")
    with pytest.raises(ValidationError):
        acts.change_example(by=by, example=told, revision=1, text="Anders")
    acts.end_alignment(by=world.technical_lead.actor, alignment=within, on=today())
    with pytest.raises(ValidationError, match="abgeschlossen"):
        acts.change_example(by=by, example=told, text="Anders")
    told.refresh_from_db()
    assert told.text == "Neu"


def test_an_example_is_removed_by_who_wrote_it_or_leads(world, within):
    told = acts.tell_example(by=world.counsellor.actor, alignment=within, text="x")
    with pytest.raises(NotAllowed):
        acts.remove_example(by=world.colleague.actor, example=told)
    acts.remove_example(by=world.counsellor.actor, example=told)
    with pytest.raises(NotAllowed):
        acts.tell_example(by=world.outsider.actor, alignment=within, text="x")


# --- the page ------------------------------------------------------------------------------------------------------------
def test_the_page_shows_what_comes_next(world, within):
    by = world.technical_lead.actor

    def following():
        return queries.whole_alignment(by, within.public_id, today()).next_step

    shown = [following()]
    there = make.party(world, within)
    shown.append(following())
    acts.tell_example(by=by, alignment=within, text="x")
    shown.append(following())
    stated = acts.state_rule(by=by, alignment=within, subject="Telefon", text="Nur schriftlich", party=there)
    shown.append(following())
    acts.change_rule(by=by, statement=stated, revision=1, aligned="Auch am Telefon, mit Rückruf")
    shown.append(following())
    make.exchange(world, within, party=there)
    assert [*shown, following()] == ["party", "example", "statement", "aligned", "exchange", ""]


def test_rules_belong_to_who_takes_part(world, within):
    elsewhere = make.party(world, make.alignment(world, title="Anderes"), "Jobcenter")
    for act in (acts.state_rule, exchanges.draft_exchange):
        with pytest.raises(ValidationError, match="gehört nicht dazu"):
            act(by=world.technical_lead.actor, alignment=within, party=elsewhere, subject="x", text="x")


def test_statements_of_the_page_do_not_grow(world, found, within, django_assert_num_queries):
    by = world.technical_lead.actor
    with django_assert_num_queries(5):
        queries.whole_alignment(by, within.public_id, today())
    for number in range(3):
        make.exchange(world, within, party=make.party(world, within, f"Stelle {number}"))
        acts.tell_example(by=by, alignment=within, text="x")
    with django_assert_num_queries(5):
        assert len(queries.whole_alignment(by, within.public_id, today()).exchanges) == 4


def test_two_people_at_one_alignment_lose_nothing(world, within):
    by = world.technical_lead.actor
    acts.change_alignment(by=by, alignment=within, revision=1, title="Neu")
    with pytest.raises(ValidationError, match="jemand anderes"):
        acts.change_alignment(by=by, alignment=within, revision=1, title="Anders")


def test_an_exchange_goes_its_way_on_the_pages(world, within, login):
    lead, officer = login(world.technical_lead), login(world.dpo)
    there = make.party(world, within)
    given = {
        "party": there.public_id, "direction": "send", "purpose": "Übergabe", "categories": "Name", "legal_basis": "Einwilligung",
        "valid_from": f"{today()}",
    }  # fmt: skip
    url = lead.post(f"/netzwerk/datenaustausch/{within.public_id}/austausch/", given)["Location"]
    assert "Ja, so kann es gelten" in officer.get(url).content.decode()
    assert "Ja, so kann es gelten" not in lead.get(url).content.decode()
    assert lead.post(f"{url}ja/", {"revision": "1"}).status_code == 403
    officer.post(f"{url}ja/", {"revision": "1"})
    sent = {"officer": "Frau Kern", "on": f"{today()}", "file": upload(pdf("Ja"), "ja.pdf")}
    assert lead.post(f"{url}ja-dort/", sent).status_code == 302

    assert ExchangeProcess.objects.get().state_on(today()) == ExchangeState.IN_FORCE
    assert lead.get(f"{url}blatt/").content[:4] == b"%PDF"
    assert [
        shown.row.purpose for shown in login(world.counsellor).get("/netzwerk/datenaustausch/").context["in_force"]
    ] == ["Übergabe"]
    assert login(world.outsider).get(url).status_code == 404
    assert login(world.outsider).get(f"{url}blatt/").status_code == 404
    renewed = lead.post(f"{url}neue-fassung/")["Location"]
    assert renewed != url
    assert lead.post(f"{renewed}verwerfen/").status_code == 302
    assert ExchangeProcess.objects.count() == 1
