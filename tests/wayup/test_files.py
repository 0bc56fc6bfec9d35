"""Two installations: keys confirmed by two, a file sealed, taken once, added up like the others. No client is in it."""

import json

import pytest
from django.core.exceptions import ValidationError

from lotse.core.canonical import canonical
from lotse.core.errors import NotAllowed
from lotse.organisations.models import Site
from lotse.wayup import rules
from lotse.wayup.actions import files
from lotse.wayup.actions.closings import accept, reopen
from lotse.wayup.actions.files import receive_file, seal_file
from lotse.wayup.actions.keys import confirm, end, make_keys, register
from lotse.wayup.enums import ClosingState, Direction
from lotse.wayup.envelope import PrivateKeys, PublicKeys, opened, sealed
from lotse.wayup.models import Closing, Installation, ReportingKeys
from lotse.wayup.queries import addressee, keys_of, units_below
from lotse.wayup.tables import Refused
from tests.factories import casework as make
from tests.wayup import making
from tests.wayup.making import approved, carrier_done, drawn, state_of
from tests.wayup.tables import report

CANARY = "Kanarienvogel-9041"


def text_of(persona):
    return keys_of(persona.person.organisation_id).public_key


@pytest.fixture
def linked(house, period):
    """The carrier in the north reports to the district by file, as if each had a Lotse of its own."""
    below, above = (house.technical_lead, house.carrier_manager), (house.coordinator, house.management)
    making.known_to_each_other(below, above, text_of)
    return house


def north(linked, period):
    return carrier_done(linked, period, linked.nordstadt, linked.technical_lead, linked.carrier_manager)


def from_below(linked, by=None, content=None, **more):
    """A file that the carrier in the north might send, whatever stands in it."""
    private = PrivateKeys.from_text(keys_of(linked.nordstadt.pk).private)
    to = PublicKeys.from_text(text_of(linked.coordinator))
    content = content or sealed(
        report(
            **{"start": making.date(making.LAST_YEAR, 1, 1), "end": making.date(making.LAST_YEAR, 12, 31), **more}
        ).content,
        sender=private,
        addressee=to,
    )
    return receive_file(by=(by or linked.coordinator).actor, content=content)


# --- keys ----------------------------------------------------------------------------------------------------------------


def test_keys_are_made_once_and_kept_sealed(house):
    made = make_keys(by=house.technical_lead.actor)
    (stored,) = ReportingKeys.objects.values_list("private", flat=True)
    assert made.private.encode() not in bytes(stored)
    made = ReportingKeys.objects.get()
    assert PrivateKeys.from_text(made.private).public.fingerprint == made.fingerprint
    with pytest.raises(ValidationError, match="schon einen Schlüssel"):
        make_keys(by=house.technical_lead.actor)


@pytest.mark.rule("UP-05")
def test_a_key_counts_once_a_second_person_has_compared_it(house):
    key = PrivateKeys.new().public
    made = register(by=house.technical_lead.actor, name="Land", direction=Direction.ABOVE, key=key)
    assert (made.fingerprint, addressee(house.nordstadt.pk)) == (key.fingerprint, None)
    assert not rules.may_confirm(house.technical_lead.actor, made)
    assert not rules.may_confirm(house.coordinator.actor, made)
    with pytest.raises(NotAllowed):
        confirm(by=house.technical_lead.actor, installation=made)
    with pytest.raises(Installation.DoesNotExist):
        confirm(by=house.coordinator.actor, installation=made)
    confirm(by=house.carrier_manager.actor, installation=made)
    assert addressee(house.nordstadt.pk) == made
    with pytest.raises(ValidationError, match="schon entschieden"):
        confirm(by=house.carrier_manager.actor, installation=made)
    end(by=house.technical_lead.actor, installation=made)
    assert addressee(house.nordstadt.pk) is None
    with pytest.raises(ValidationError, match="schon gesperrt"):
        end(by=house.technical_lead.actor, installation=made)


def test_a_key_is_registered_once_and_never_the_own(house):
    own = make_keys(by=house.technical_lead.actor)
    with pytest.raises(ValidationError, match="Ihr eigener"):
        register(by=house.technical_lead.actor, name="x", direction="above", key=PublicKeys.from_text(own.public_key))
    key = PrivateKeys.new().public
    register(by=house.technical_lead.actor, name="x", direction="above", key=key)
    with pytest.raises(ValidationError, match="schon eingetragen"):
        register(by=house.carrier_manager.actor, name="y", direction="below", key=key)


@pytest.mark.parametrize("who", ["counsellor", "sysadmin", "funder", "dpo"])
def test_keys_are_kept_by_who_reports(house, who):
    actor = getattr(house, who).actor
    with pytest.raises(NotAllowed):
        make_keys(by=actor)
    with pytest.raises(NotAllowed):
        register(by=actor, name="x", direction="above", key=PrivateKeys.new().public)
    assert not Installation.objects.visible_to(actor).exists()


# --- there and back ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("UP-05")
def test_a_sum_goes_up_as_a_file_and_is_added_like_the_others(linked, period, year):
    sent = north(linked, period)
    content = seal_file(by=linked.technical_lead.actor, closing=sent)
    got = receive_file(by=linked.coordinator.actor, content=content)
    assert (got.state, got.numbers, got.sha256, str(got.sites)) == (
        ClosingState.APPROVED, sent.numbers, sent.sha256, "2 von 2",
    )  # fmt: skip
    accept(by=linked.coordinator.actor, closing=got)
    top = drawn(period, linked.district, linked.coordinator)
    assert (top.numbers, str(top.units), str(top.sites)) == (sent.numbers, "1 von 3", "2 von 5")
    assert top.missing == ["KV Nordstadt", "KV Südstadt"]


@pytest.mark.rule("UP-01")
def test_nothing_of_a_client_is_in_the_file(linked, period, year):
    """The plain text before it is sealed: no name, no note, no id of anything, however it was typed."""
    client = make.person(linked, last_name=CANARY, first_name=CANARY, phone=CANARY, address=CANARY)
    case = make.case(linked, client=client)
    type(case).objects.filter(pk=case.pk).update(first_contact_on=making.MARCH, route_detail=CANARY)
    Site.objects.filter(pk=linked.site.pk).update(name=CANARY)
    type(client).objects.filter(pk=client.pk).update(gender=CANARY[:10])
    sent = north(linked, period)
    plain = canonical(sent.report.content)
    private = PrivateKeys.from_text(keys_of(linked.district.pk).private)
    content = seal_file(by=linked.technical_lead.actor, closing=sent)
    assert canonical(opened(content, own=private, sender=PublicKeys.from_text(text_of(linked.technical_lead)))) == plain

    assert CANARY[:10].encode() not in plain
    rows = [client, case, linked.site, linked.far_site, linked.nordstadt, linked.counsellor.person, linked.mbe]
    assert [row for row in rows if row.public_id.encode() in plain] == []
    assert [word for word in ("Mira", "Beispiel", "Nordstadt") if word.encode() not in plain] == [
        "Mira",
        "Beispiel",
        "Nordstadt",
    ]
    strings = {text for text in _strings(json.loads(plain)) if text not in _allowed(sent)}
    assert strings == {sent.report_id}


def _strings(value):
    if isinstance(value, dict):
        return {text for part in value.values() for text in _strings(part)} | set(value)
    if isinstance(value, list):
        return {text for part in value for text in _strings(part)}
    return {value} if isinstance(value, str) else set()


def _allowed(closing):
    form = closing.period.form
    cells = {cell for t in form.tables for d in t.dimensions for cell in (*d.cells, d.fact)}
    fixed = {
        "id",
        "revision",
        "period",
        "start",
        "end",
        "form",
        "key",
        "version",
        "sha256",
        "units",
        "sites",
        "included",
        "expected",
    }
    fixed |= {
        "tables",
        "dimensions",
        "fact",
        "cells",
        *(t.key for t in form.tables),
        form.key,
        form.version,
        form.sha256,
    }
    return cells | fixed | {f"{closing.period.starts_on}", f"{closing.period.ends_on}"}


@pytest.mark.rule("UP-05")
def test_the_same_report_is_taken_once(linked, period):
    content = seal_file(by=linked.technical_lead.actor, closing=north(linked, period))
    again = seal_file(by=linked.technical_lead.actor, closing=making.latest(period, linked.nordstadt))
    got = receive_file(by=linked.coordinator.actor, content=content)
    for file in (content, again):  # sealed anew it is another file with the same report
        with pytest.raises(Refused, match="Fassung 1 schon da"):
            receive_file(by=linked.coordinator.actor, content=file)
    accept(by=linked.coordinator.actor, closing=got)
    with pytest.raises(Refused, match="Fassung 1 schon da"):
        receive_file(by=linked.coordinator.actor, content=content)


@pytest.mark.rule("UP-05")
def test_a_newer_revision_takes_the_place_of_what_nobody_has_accepted(linked, period):
    first = from_below(linked, revision=2)
    with pytest.raises(Refused, match=r"Fassung 2 schon da\. Die Datei hat Fassung 1"):
        from_below(linked, revision=1)
    second = from_below(linked, revision=3)
    assert (state_of(first), second.state) == (ClosingState.REPLACED, ClosingState.APPROVED)
    accept(by=linked.coordinator.actor, closing=second)
    with pytest.raises(Refused, match=r"schon angenommen\. Geben Sie sie zuerst zurück"):
        from_below(linked, revision=4)
    reopen(by=linked.coordinator.actor, closing=second, reason="Am Telefon besprochen")
    assert from_below(linked, revision=4).revision == 4


@pytest.mark.rule("UP-05")
def test_who_is_not_known_or_not_confirmed_is_refused(linked, period):
    stranger, to = PrivateKeys.new(), PublicKeys.from_text(text_of(linked.coordinator))
    content = sealed(report().content, sender=stranger, addressee=to)
    with pytest.raises(Refused, match=r"nicht eingetragen oder noch nicht bestätigt"):
        receive_file(by=linked.coordinator.actor, content=content)
    waiting = register(by=linked.coordinator.actor, name="neu", direction=Direction.BELOW, key=stranger.public)
    with pytest.raises(Refused, match="noch nicht bestätigt"):
        receive_file(by=linked.coordinator.actor, content=content)
    end(by=linked.coordinator.actor, installation=waiting)
    end(
        by=linked.coordinator.actor,
        installation=Installation.objects.get(organisation=linked.district, name="die Ebene darunter"),
    )
    with pytest.raises(Refused, match="nicht eingetragen"):
        from_below(linked)


@pytest.mark.rule("UP-05")
def test_who_we_report_to_does_not_report_to_us(linked, period):
    above = PrivateKeys.from_text(keys_of(linked.district.pk).private)
    content = sealed(report().content, sender=above, addressee=PublicKeys.from_text(text_of(linked.technical_lead)))
    with pytest.raises(Refused, match="nicht eingetragen"):
        receive_file(by=linked.technical_lead.actor, content=content)


def test_a_report_for_another_year_is_refused(linked, period):
    with pytest.raises(Refused, match="Für diesen Zeitraum"):
        from_below(linked, start=making.date(2019, 1, 1), end=making.date(2019, 12, 31))


@pytest.mark.parametrize("who", ["counsellor", "funder", "sysadmin"])
def test_only_who_reports_takes_files(linked, period, who):
    with pytest.raises(NotAllowed):
        from_below(linked, by=getattr(linked, who))


@pytest.mark.rule("UP-05")
def test_only_an_approved_report_leaves_and_only_for_somebody_confirmed(linked, period):
    making.accepted(period, linked.site, linked.technical_lead, linked.carrier_manager, linked.technical_lead)
    open_one = drawn(period, linked.nordstadt, linked.technical_lead)
    with pytest.raises(ValidationError, match="Erst eine freigegebene"):
        seal_file(by=linked.technical_lead.actor, closing=open_one)
    end(by=linked.technical_lead.actor, installation=addressee(linked.nordstadt.pk))
    done = approved(period, linked.nordstadt, linked.technical_lead, linked.carrier_manager)
    with pytest.raises(ValidationError, match="noch niemand eingetragen"):
        seal_file(by=linked.technical_lead.actor, closing=done)
    with pytest.raises(Closing.DoesNotExist):
        seal_file(by=linked.south_manager.actor, closing=done)


def test_another_installation_is_a_unit_of_its_own(linked, period):
    assert [(u.name, u.installation_id is not None, u.adds_up) for u in units_below(linked.district)] == [
        ("KV Nordstadt", False, True), ("KV Südstadt", False, True), ("die Ebene darunter", True, False),
    ]  # fmt: skip
    got = from_below(linked)
    for act in (lambda: files.seal_file(by=linked.coordinator.actor, closing=got),):
        with pytest.raises(NotAllowed):
            act()


def test_an_installation_whose_key_has_ended_is_in_no_new_sum(linked, period):
    """Its new key is a new unit: with both, it would count twice."""
    accept(by=linked.coordinator.actor, closing=from_below(linked))
    end(
        by=linked.coordinator.actor,
        installation=Installation.objects.get(organisation=linked.district, name="die Ebene darunter"),
    )
    assert [unit.name for unit in units_below(linked.district)] == ["KV Nordstadt", "KV Südstadt"]
    with pytest.raises(ValidationError, match="noch keine Meldung angenommen"):
        drawn(period, linked.district, linked.coordinator)
