"""Reviewing files: drawn by chance, opened for a time, checked by a list, and what is missing goes back."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.review import confirm_round, draw, draw_round, finish_review, settle_point
from lotse.casework.models import Client, Contact, FileAssignment, FileReview, ReviewPoint, ReviewRound
from lotse.casework.queries.review import files_to_draw_from, open_points, quarter_of, timeliness
from lotse.core.errors import NotAllowed
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def files(world):
    return [make.case(world, client=make.person(world, last_name=f"Akte{number}")).client for number in range(5)]


def pull(world, by="technical_lead", reviewer="technical_lead", **more):
    values = {"per_counsellor": 2, "opens_until": TODAY() + timedelta(days=10), **more}
    return draw_round(
        by=world.personas[by].actor,
        site=world.site,
        quarter=TODAY(),
        reviewer=world.personas[reviewer].person,
        **values,
    )


def drawn(made):
    return set(Client.objects.filter(reviews__round=made))


@pytest.mark.rule("QP-01")
def test_two_files_of_each_counsellor_are_drawn_and_can_be_drawn_again(world, files):
    made = pull(world)

    assert (made.drawn_from, made.reviews.count(), made.quarter) == (5, 2, quarter_of(TODAY()))
    again = draw(files_to_draw_from(world.site), made.seed, 2)
    assert {client.public_id for client in drawn(made)} == set(again)


@pytest.mark.rule("QP-01")
def test_another_seed_draws_other_files():
    files = {1: [f"a{n}" for n in range(50)], 2: [f"b{n}" for n in range(1)]}
    draws = {tuple(draw(files, seed, 2)) for seed in ("x", "y", "z")}
    assert len(draws) == 3
    assert all(picked[2] == "b0" for picked in draws)


@pytest.mark.rule("QP-01")
def test_exactly_the_drawn_files_open_to_another_reviewer_for_a_time(world, files):
    made = pull(world, reviewer="colleague")
    assert not Client.objects.visible_to(world.colleague.actor).exists()

    confirm_round(by=world.carrier_manager.actor, review_round=made)

    assert set(Client.objects.visible_to(world.colleague.actor)) == drawn(made)
    FileAssignment.objects.update(valid_from=make.days_ago(9), valid_to=make.days_ago(1))
    assert not Client.objects.visible_to(world.colleague.actor).exists()


@pytest.mark.rule("QP-01")
@pytest.mark.parametrize("name", ["technical_lead", "colleague", "counsellor", "sysadmin", "dpo", "outsider"])
def test_a_second_person_opens_them(world, files, name):
    made = pull(world, reviewer="colleague")
    with pytest.raises(NotAllowed):
        confirm_round(by=world.personas[name].actor, review_round=made)
    assert FileAssignment.objects.filter(confirmed_at__isnull=False).count() == 0


@pytest.mark.rule("QP-01")
def test_nobody_confirms_twice_nor_where_nothing_opens(world, files):
    made = pull(world, reviewer="colleague")
    confirm_round(by=world.carrier_manager.actor, review_round=made)
    with pytest.raises(ValidationError, match="nichts zu bestätigen"):
        confirm_round(by=world.carrier_manager.actor, review_round=made)


@pytest.mark.rule("QP-01")
def test_the_second_person_is_of_the_same_house(world, files):
    made = pull(world, reviewer="colleague")
    made.organisation_id += 1
    assert rules.may_confirm_round(world.carrier_manager.actor, made) is False


@pytest.mark.rule("QP-01")
@pytest.mark.parametrize("name", ["counsellor", "colleague", "carrier_manager", "sysadmin", "dpo", "outsider"])
def test_only_who_leads_the_site_draws(world, files, name):
    with pytest.raises(NotAllowed):
        pull(world, by=name)


@pytest.mark.rule("QP-01")
def test_nobody_reviews_her_own_files(world, files):
    with pytest.raises(ValidationError, match="keine offenen Akten anderer"):
        pull(world, reviewer="counsellor")
    with pytest.raises(ValidationError, match="Prüfen kann nur"):
        pull(world, reviewer="specialist")


@pytest.mark.rule("QP-01")
def test_a_quarter_is_drawn_once(world, files):
    pull(world)
    with pytest.raises(ValidationError, match="schon gezogen"):
        pull(world)
    with pytest.raises(ValidationError, match="ab heute"):
        pull(world, opens_until=make.days_ago(1))


def check(world, review, by="technical_lead", answers=None, missing=None):
    return finish_review(
        by=world.personas[by].actor, review=review, answers=answers or {"goals": "yes", "steps": "no"},
        missing={"steps": "Frist nachtragen"} if missing is None else missing, due_on=TODAY() + timedelta(days=14),
    )  # fmt: skip


@pytest.mark.rule("QP-02")
def test_what_is_missing_goes_back_to_the_counsellor(world, login, files):
    review = pull(world).reviews.first()

    check(world, review)

    point = ReviewPoint.objects.get()
    assert open_points(world.counsellor.actor) == [point]
    assert open_points(world.technical_lead.actor) == []
    web = login(world.counsellor)
    assert "Frist nachtragen" in web.get("/").content.decode()
    web.post(f"/aktenpruefung/punkt/{point.public_id}/")
    assert open_points(world.counsellor.actor) == []
    assert "schon erledigt" in web.post(f"/aktenpruefung/punkt/{point.public_id}/", follow=True).content.decode()
    assert Event.objects.filter(key="review.done", file_ref=review.client.public_id).get().details == {"open_points": 1}


@pytest.mark.rule("QP-02")
def test_a_lack_says_what_is_to_be_done(world, files):
    review = pull(world).reviews.first()
    with pytest.raises(ValidationError, match="was zu tun ist"):
        check(world, review, missing={})
    check(world, review)
    with pytest.raises(ValidationError, match="schon geprüft"):
        check(world, review)


@pytest.mark.rule("QP-02")
@pytest.mark.parametrize("name", ["counsellor", "colleague", "carrier_manager", "sysadmin", "outsider"])
def test_only_the_reviewer_reviews_and_only_who_holds_the_file_settles(world, files, name):
    review = pull(world).reviews.first()
    with pytest.raises(NotAllowed):
        check(world, review, by=name)
    check(world, review)
    if name != "counsellor":
        with pytest.raises(NotAllowed):
            settle_point(by=world.personas[name].actor, point=ReviewPoint.objects.get())


def test_days_between_contact_and_entry_are_shown_for_the_site(world, login, files):
    quarter = quarter_of(TODAY())
    for days in (0, 2, 9):
        record_contact(
            by=world.counsellor.actor,
            case=files[0].cases.get(),
            on=TODAY(),
            channel="phone",
            topics=["housing"],
            note="",
        )
        newest = Contact.objects.order_by("-pk").first()
        Contact.objects.filter(pk=newest.pk).update(on=quarter, created_at=timezone.make_aware(
            datetime.combine(quarter + timedelta(days=days), datetime.min.time())
        ))  # fmt: skip

    (site,) = timeliness(world.technical_lead.actor, quarter)
    assert (site.site, site.contacts, site.median_days, site.prompt_percent) == ("Beratungsstelle Nordstadt", 3, 2, 67)
    assert timeliness(world.counsellor.actor, quarter) == []
    page = login(world.technical_lead).get("/aktenpruefung/").content.decode()
    assert "67 % in drei Tagen" in page
    assert "Counsellor Beispiel" not in page.split("Wie zeitnah")[1].split("Stichprobe ziehen")[0]


@pytest.mark.parametrize(("day", "first"), [((2026, 3, 31), (2026, 1, 1)), ((2026, 12, 1), (2026, 10, 1))])
def test_a_quarter_begins_on_its_first_day(day, first):
    assert quarter_of(date(*day)) == date(*first)


def test_pages_lead_from_drawing_to_the_checklist(world, login, files):
    lead, manager, web = login(world.technical_lead), login(world.carrier_manager), login(world.colleague)
    data = {
        "site": world.site.public_id, "per_counsellor": "1", "reviewer": world.colleague.person.public_id,
        "opens_until": f"{TODAY() + timedelta(days=9)}",
    }  # fmt: skip
    assert "Gezogen." in lead.post("/aktenpruefung/", data, follow=True).content.decode()
    url = f"/aktenpruefung/{ReviewRound.objects.get().public_id}/"
    page = manager.get(url).content.decode()
    assert ("Zugriff bestätigen" in page, "Akte0" in page) == (True, False)
    assert "sind jetzt offen" in manager.post(url, follow=True).content.decode()
    assert "nichts zu bestätigen" in manager.post(url, follow=True).content.decode()

    review = FileReview.objects.get()
    address = f"/akte/{review.client.public_id}/pruefung/{review.public_id}/"
    assert address in web.get(url).content.decode()
    assert login(world.counsellor).get(address).status_code == 404
    keys = [name for name in _names(web.get(address).content.decode()) if name.startswith("item_")]
    answers = dict.fromkeys(keys, "yes")
    wrong = web.post(address, {**answers, keys[0]: "no", "due_on": f"{TODAY()}"}).content.decode()
    assert "Bitte sagen, was zu tun ist." in wrong
    told = {**answers, keys[0]: "no", keys[0].replace("item", "missing"): "Blatt fehlt", "due_on": f"{TODAY()}"}
    assert "Geprüft." in web.post(address, told, follow=True).content.decode()
    assert (len(keys), ReviewPoint.objects.get().text) == (10, "Blatt fehlt")


def _names(page):
    return list(dict.fromkeys(part.split('"')[0] for part in page.split('name="')[1:]))
