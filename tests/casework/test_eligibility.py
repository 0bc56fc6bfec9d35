"""The page "Welches Programm?": what the file says, what is asked, what is kept; nothing is blocked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.sentences import sentence
from lotse.casework import rules
from lotse.casework.actions.cases import extend
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.eligibility import keep_advice
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.models import Client, Consent, CounsellingCase, EligibilityAdvice, ResidenceStatus
from lotse.casework.queries import current_case
from lotse.casework.queries.clocks import clocks
from lotse.casework.queries.eligibility import known_of
from lotse.core.dates import years_later
from lotse.core.errors import NotAllowed
from lotse.organisations.models import Site
from lotse.programmes.actions.programmes import rename_programme
from lotse.programmes.eligibility.advice import advise
from lotse.programmes.eligibility.known import Known, Offer, Span
from lotse.programmes.models import Programme
from lotse.programmes.standard import ensure_programmes
from tests.factories import casework as make

TODAY = timezone.localdate
ADULT = date(1986, 5, 1)


@pytest.fixture
def programmes(world):
    return ensure_programmes()


@pytest.fixture
def newcomer(world, programmes):
    """Forty years old, here for two years with protection; nobody has opened a case yet."""
    client = make.person(
        world, birth_date=ADULT, entered_germany_on=make.days_ago(700), permanent_status_on=make.days_ago(500)
    )
    make.decide(world, client)
    return client


def url(client, tail=""):
    return f"/akte/{client.public_id}/programm/{tail}"


def post(web, client, **typed):
    return web.post(url(client), {"chosen": "suggested", **typed})


def kept(world, client, **more):
    by = more.pop("by", world.counsellor.actor)
    return keep_advice(
        by=by, client=client, advice=advise(Known(), TODAY()), **{"suggested": None, "chosen": None, **more}
    )


# --- what the file says -----------------------------------------------------------------------------------------------
def test_the_file_says_what_it_knows(world, newcomer):
    case = make.case(world, client=newcomer, consented=False, tier=None)
    extend(by=world.counsellor.actor, case=case, until=years_later(TODAY(), 4), reason="lange krank")
    CounsellingCase.objects.update(in_crisis=True, has_free_capacity=False, has_course_duty=True)
    save_chapter(by=world.counsellor.actor, case=case, chapter_key="personal", given={"residence_status": "ae_25_1"})

    assert known_of(world.counsellor.actor, newcomer, current_case(newcomer), TODAY(), has_room=True) == Known(
        born=Span.of(ADULT), entered=Span.of(make.days_ago(700)), permanent_since=make.days_ago(500), residence_status="ae_25_1",
        in_crisis=True, has_free_capacity=False, has_course_duty=True, land="05", offered=frozenset({"mbe"}),
        offers={"mbe": Offer(make.days_ago(30), years_later(TODAY(), 4))},
    )  # fmt: skip


def test_without_a_case_only_the_person_and_the_place_are_known(world, programmes):
    client = make.person(world)
    Site.objects.update(municipality_code="")
    client.refresh_from_db()
    known = known_of(world.counsellor.actor, client, None, TODAY(), has_room=True)
    assert known == Known(has_free_capacity=True, offered=frozenset({"mbe"}))


@pytest.mark.parametrize(("begins", "ends", "status"), [
    (-1, None, "ne_9"), (0, None, "ne_9"), (1, None, ""), (-9, 0, "ne_9"), (-9, -1, ""),
])  # fmt: skip
def test_the_residence_status_of_the_day_counts(world, newcomer, begins, ends, status):
    day = TODAY()
    ends_on = None if ends is None else day + timedelta(days=ends)
    ResidenceStatus.objects.create(
        organisation=world.nordstadt,
        client=newcomer,
        status="ne_9",
        valid_from=day + timedelta(days=begins),
        valid_to=ends_on,
    )
    assert known_of(world.counsellor.actor, newcomer, None, day).residence_status == status


def test_talking_about_racism_points_to_anti_discrimination_advice(world, newcomer):
    case = make.case(world, client=newcomer, consented=False)
    record_contact(by=world.counsellor.actor, case=case, on=TODAY(), channel="phone", topics=["racism_exclusion"])
    assert known_of(world.counsellor.actor, newcomer, case, TODAY()).is_discriminated is True


def test_a_case_of_anti_discrimination_advice_is_about_discrimination(world, programmes, newcomer):
    case = make.case(world, client=newcomer, programme=programmes["ads"], consented=False)
    assert known_of(world.counsellor.actor, newcomer, case, TODAY()).is_discriminated is True


# --- the page ---------------------------------------------------------------------------------------------------------
@pytest.mark.rule("EL-01")
def test_the_page_suggests_with_reason_source_and_validity(world, login, newcomer):
    text = login(world.counsellor).get(url(newcomer)).content.decode()

    first = text.split("Vorschlag: ")[1].split("</section>")[0]
    assert first.startswith("Migrationsberatung</h3>")
    assert "Für Menschen ab 27 mit dauerhaftem Aufenthalt" in first
    assert f"Das gilt bis {years_later(make.days_ago(500), 3):%d.%m.%Y}." in first
    assert "Quelle: Konzept der Migrationsberatung" in first
    assert "gilt ab 01.01.2005, belegt" in first
    assert "Die Person ist schon 27." in text.split("Die anderen Programme")[1]


@pytest.mark.rule("EL-01")
def test_what_is_missing_is_named_and_nothing_is_refused_for_it(world, login, programmes):
    page = login(world.counsellor).get(url(make.person(world)))
    findings = page.context["others"]
    assert page.context["suggested"] is None
    assert {f.answer for f, _name in findings if "nur in Baden" not in f.why} == {"perhaps"}
    assert "Fehlt: genaues Geburtsdatum und Aufenthaltsstatus." in page.content.decode()


def test_an_answer_changes_the_suggestion_and_nothing_is_kept(world, login, newcomer):
    Client.objects.update(permanent_status_on=None)
    web = login(world.counsellor)

    page = post(web, newcomer, check="1", residence_status="permission_55")

    assert page.context["suggested"][0].programme == "sbf"
    assert "Das bietet Ihre Stelle nicht an" in page.content.decode()
    assert page.context["form"]["residence_status"].value() == "permission_55"
    assert (EligibilityAdvice.objects.count(), ResidenceStatus.objects.count()) == (0, 0)


def test_an_incomplete_choice_is_no_mistake_while_checking(world, login, newcomer):
    page = login(world.counsellor).post(url(newcomer), {"check": "1", "chosen": ""})
    assert "error-summary" not in page.content.decode()


@pytest.mark.rule("EL-01")
def test_a_suggestion_is_taken_over_as_dated_advice(world, login, newcomer):
    answer = post(login(world.counsellor), newcomer)

    advice = EligibilityAdvice.objects.get()
    assert answer["Location"] == f"/akte/{newcomer.public_id}/erstkontakt/"
    assert (advice.advised_on, advice.rules_version, advice.suggested, advice.chosen) == (
        TODAY(),
        "2026-11",
        world.mbe,
        world.mbe,
    )
    assert [f.programme for f in advice.findings if f.answer == "yes"] == ["mbe"]
    event = Event.objects.get(key="eligibility.advised")
    assert (sentence(event), event.details) == (
        "Counsellor Beispiel hat das passende Programm geprüft.", {"rules_version": "2026-11"},
    )  # fmt: skip


def test_the_first_contact_begins_with_what_was_chosen(world, login, programmes, newcomer):
    kept(world, newcomer, chosen=world.mbe)
    page = login(world.counsellor).get(f"/akte/{newcomer.public_id}/erstkontakt/")
    assert page.context["form"]["programme"].value() == world.mbe.public_id


@pytest.mark.rule("EL-02")
def test_another_programme_needs_a_reason_and_then_is_taken(world, login, programmes, newcomer):
    web = login(world.counsellor)

    refused = post(web, newcomer, chosen="jmd", reason=" ")
    answer = post(web, newcomer, chosen="jmd", reason="Die ganze Familie ist dort.")

    assert refused.context["form"].errors["reason"] == [
        "Bitte kurz sagen, warum es ein anderes Programm wird als vorgeschlagen."
    ]
    advice = EligibilityAdvice.objects.get()
    assert (answer.status_code, advice.chosen, advice.reason, advice.differs) == (
        302, programmes["jmd"], "Die ganze Familie ist dort.", True,
    )  # fmt: skip


@pytest.mark.rule("EL-02")
def test_naming_the_suggested_programme_or_leaving_it_open_needs_no_reason(world, login, newcomer):
    web = login(world.counsellor)
    assert [post(web, newcomer, chosen=choice).status_code for choice in ("mbe", "open")] == [302, 302]
    assert [(a.chosen, a.differs) for a in EligibilityAdvice.objects.order_by("id")] == [
        (world.mbe, False),
        (None, False),
    ]


def test_where_nothing_is_suggested_nothing_can_be_taken_over(world, login, programmes):
    client = make.person(world)
    page = post(login(world.counsellor), client)
    assert page.context["form"].errors["chosen"] == [
        "Es gibt noch keinen Vorschlag. Bitte ein Programm wählen oder offen lassen."
    ]
    assert EligibilityAdvice.objects.count() == 0


def test_questions_for_programmes_that_nobody_has_are_not_asked(world, login):
    asked = login(world.counsellor).get(url(make.person(world))).context["form"].questions
    assert [bound.name for bound in asked] == ["residence_status", "in_crisis", "has_free_capacity", "has_course_duty"]


def test_the_page_of_a_case_leads_back_to_its_overview(world, login, newcomer):
    make.case(world, client=newcomer, consented=False)
    assert post(login(world.counsellor), newcomer)["Location"] == f"/akte/{newcomer.public_id}/"


# --- older advice -----------------------------------------------------------------------------------------------------
def test_older_advice_stays_readable_as_it_was(world, login, programmes, newcomer):
    web = login(world.counsellor)
    post(web, newcomer)
    Client.objects.update(birth_date=date(2010, 1, 1), permanent_status_on=None)
    Programme.objects.filter(code="jmd").update(is_counselling=False)

    text = web.get(url(newcomer, f"{EligibilityAdvice.objects.get().public_id}/")).content.decode()

    assert [part in text for part in ("Fassung 2026-11", "Die Person ist schon 27.", "mit dauerhaftem Aufenthalt")] == [
        True
    ] * 3


def test_older_advice_calls_the_programme_as_it_was_called(world, login, newcomer):
    advice = kept(world, newcomer, chosen=world.mbe)
    EligibilityAdvice.objects.update(advised_on=make.days_ago(10))
    rename_programme(by=world.coordinator.actor, programme=world.mbe, name="Migrationsberatung neu", valid_from=TODAY())
    found = login(world.counsellor).get(url(newcomer, f"{advice.public_id}/")).context["findings"]
    assert [name for finding, name in found if finding.programme == "mbe"] == ["Migrationsberatung"]


def test_earlier_advice_is_listed_the_newest_first(world, login, newcomer):
    kept(world, newcomer, chosen=world.mbe, reason="Vater ist hier.")
    EligibilityAdvice.objects.update(advised_on=make.days_ago(10))
    kept(world, newcomer)
    past = login(world.counsellor).get(url(newcomer)).context["past"]
    assert [(row.advised_on, row.chosen) for row in past] == [(TODAY(), None), (make.days_ago(10), world.mbe)]


def test_advice_of_another_file_does_not_exist_here(world, login, newcomer):
    other = kept(world, make.person(world, last_name="Andere"))
    assert login(world.counsellor).get(url(newcomer, f"{other.public_id}/")).status_code == 404


def test_what_was_found_is_sealed(world, newcomer):
    kept(world, newcomer, reason="Die Familie ist dort.")
    raw = EligibilityAdvice.objects.values_list("findings_text", "reason").get()
    assert [
        b"Anlass" in bytes(value) or b"Familie" in bytes(value) or b"programme" in bytes(value) for value in raw
    ] == [False, False]


# --- who may ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "sysadmin", "coordinator", "outsider"])
def test_only_who_holds_the_file_keeps_advice(world, newcomer, persona):
    with pytest.raises(NotAllowed):
        kept(world, newcomer, by=world.personas[persona].actor)


def test_a_resting_file_is_not_checked(world, login, newcomer):
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(client=newcomer, act="recording"), on=TODAY())
    page = login(world.counsellor).get(url(newcomer))
    assert "Diese Akte ruht" in page.content.decode()
    with pytest.raises(ValidationError, match="Die Akte ruht"):
        kept(world, newcomer)


# --- clocks -------------------------------------------------------------------------------------------------------------
DAY = date(2026, 3, 1)


@pytest.mark.rule("CL-10")
@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("ends", "soon"), [
    (None, False), (date(2026, 2, 28), False), (DAY, True), (date(2026, 5, 30), True), (date(2026, 5, 31), False),
])  # fmt: skip
def test_a_clock_is_pointed_out_in_its_last_ninety_days(ends, soon):
    assert rules.ends_soon(ends, DAY) is soon


@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("day", "soon", "over"), [
    (date(2026, 11, 30), False, False), (date(2026, 12, 1), True, False), (date(2027, 3, 1), True, False),
    (date(2027, 3, 2), False, True),
])  # fmt: skip
def test_the_window_of_a_case_runs_out(world, day, soon, over):
    case = CounsellingCase(
        client=Client(entered_germany_on=date(2024, 3, 1)), programme=world.mbe, first_contact_on=date(2025, 1, 1)
    )
    window = clocks(case, day)[0]
    assert (window.title, window.ends_on, window.ends_soon, window.is_over) == ("Zugang", date(2027, 3, 1), soon, over)


def test_the_window_of_resettlers_begins_with_entry_alone(world):
    client = Client(entered_germany_on=date(2020, 1, 1), permanent_status_on=date(2025, 1, 1), is_resettler=True)
    case = CounsellingCase(client=client, programme=world.mbe, first_contact_on=date(2025, 1, 1))
    assert clocks(case, DAY)[0].ends_on == date(2023, 1, 1)


@pytest.mark.parametrize(("day", "soon", "over"), [
    (date(2026, 4, 30), True, False), (date(2026, 5, 1), False, True), (date(2026, 1, 1), False, False),
])  # fmt: skip
def test_in_the_youth_service_the_clock_is_the_27th_birthday(programmes, day, soon, over):
    case = CounsellingCase(
        client=Client(birth_date=date(1999, 5, 1)), programme=programmes["jmd"], first_contact_on=date(2025, 1, 1)
    )
    clock = clocks(case, day)[0]
    assert (clock.title, clock.ends_on, clock.ends_soon, clock.is_over) == ("Alter", date(2026, 4, 30), soon, over)


def test_a_clock_without_its_date_runs_for_nobody(programmes):
    case = CounsellingCase(client=Client(), programme=programmes["jmd"], first_contact_on=DAY)
    assert [(c.title, c.ends_on, c.ends_soon, c.is_over) for c in clocks(case, DAY)] == [
        ("Alter", None, False, False), ("Ziel", None, False, False),
    ]  # fmt: skip


def test_the_hint_stands_on_the_file_and_blocks_nothing(world, login, newcomer):
    make.case(world, client=newcomer, consented=False)
    Client.objects.update(entered_germany_on=make.days_ago(3 * 365 - 20), permanent_status_on=None)
    web = login(world.counsellor)
    assert "läuft bald ab" in web.get(f"/akte/{newcomer.public_id}/").content.decode()
    assert web.get(f"/akte/{newcomer.public_id}/kontakt/").status_code == 200


@pytest.mark.rule("EL-02")
def test_only_another_choice_is_explained():
    found = [
        rules.choice_is_explained(*given)
        for given in ((1, 1, ""), (1, None, ""), (1, 2, " "), (1, 2, "Familie"), (None, 2, ""))
    ]
    assert found == [True, True, False, True, True]


def test_a_programme_without_a_longest_duration_has_no_clock_of_its_own(programmes):
    case = CounsellingCase(client=Client(), programme=programmes["ads"], first_contact_on=DAY)
    assert [c.title for c in clocks(case, DAY)] == ["Ziel"]


def test_the_choices_name_the_suggestion_once(world, login, newcomer):
    form = login(world.counsellor).get(url(newcomer)).context["form"]
    assert [key for key, _words in form["chosen"].field.choices] == ["suggested", "intman", "jmd", "ads", "sbf", "open"]
    assert form["chosen"].field.choices[0][1] == "wie vorgeschlagen: Migrationsberatung"


def test_without_a_suggestion_it_stays_open(world, login, programmes):
    form = login(world.counsellor).get(url(make.person(world))).context["form"]
    assert (form["chosen"].value(), "suggested" in dict(form["chosen"].field.choices)) == ("open", False)
