"""What the database refuses becomes a German sentence, on both engines and for every named constraint."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from lotse.auditlog.door import action, record
from lotse.casework.models import Client, Consent, ContactTopic
from lotse.core.constraints import violated
from tests.factories import casework as make


def refused_by(make_row):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make_row()
    return violated(caught.value)


def test_a_violated_check_is_named(world):
    client = make.person(world)
    found = refused_by(lambda: Client.objects.filter(pk=client.pk).update(informed_language=""))
    assert found.name == "client_informed_in_a_language"


def test_a_violated_unique_constraint_is_named(world):
    one, other = make.person(world), make.person(world, last_name="Zweite")
    found = refused_by(lambda: Client.objects.filter(pk=other.pk).update(number=one.number))
    assert found.name == "client_number_once"


def test_a_violated_unique_constraint_with_a_condition_is_named(world):
    given = Consent.objects.filter(client=make.decide(world, make.person(world)), state="given").first()
    given.pk, given.public_id = None, "zweite0000000000"
    assert refused_by(given.save).name == "consent_one_in_force"


def test_a_missing_row_has_no_sentence_of_its_own(world):
    def dangle():
        ContactTopic.objects.create(contact_id=987654, topic="housing")
        connection.check_constraints()

    assert refused_by(dangle) is None


@action("test.unlearned", "hat die Sprache vergessen")
def forget_language(*, by, client):
    client.first_name, client.informed_language = "Anders", ""
    client.save()
    record(client)


def test_an_action_says_in_german_what_the_database_refused_and_changes_nothing(world):
    client = make.person(world, first_name="Mira")
    with pytest.raises(ValidationError) as refused:
        forget_language(by=world.counsellor.actor, client=client)
    client.refresh_from_db()
    expected = ["Bitte die Sprache der Information angeben."]
    assert (refused.value.messages, client.first_name) == (expected, "Mira")


def test_every_check_of_the_house_speaks_german():
    silent = [
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and model.__module__.startswith("lotse.")
        and constraint.violation_error_message == constraint.default_violation_error_message
    ]
    assert silent == []
