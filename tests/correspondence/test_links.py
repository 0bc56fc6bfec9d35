"""A signed link opens one thing, for one purpose, for a while."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.correspondence.links import LinkInvalid, make_link, open_link, revoke_links
from lotse.correspondence.models import SignedLink

PURPOSE = "survey"


@pytest.fixture
def make(world):
    def _make(**more):
        values = {"purpose": PURPOSE, "organisation_id": world.nordstadt.pk, "valid_for": timedelta(days=7), **more}
        return make_link(obj=world.site, **values)

    return _make


def opens(token, purpose=PURPOSE):
    try:
        return bool(open_link(token, purpose=purpose))
    except LinkInvalid:
        return False


def test_a_link_leads_to_its_object(world, make):
    link, token = make()

    assert open_link(token, purpose=PURPOSE) == link
    assert link.object_ref == world.site.public_id


def test_the_token_is_not_stored(make):
    _link, token = make()

    stored = SignedLink.objects.values_list("nonce_hash", flat=True).get()
    assert stored not in token
    assert signing.loads(token, salt="lotse.link.survey")[1] != stored


@pytest.mark.parametrize(
    "harm", [lambda t: t[:-1], lambda t: t + "x", lambda t: "", lambda t: "a:b:c", lambda t: t.swapcase()]
)
def test_a_changed_token_opens_nothing(make, harm):  # fmt: skip
    assert not opens(harm(make()[1]))


@pytest.mark.rule("CO-02")
def test_a_link_serves_no_other_purpose(make):
    assert not opens(make()[1], purpose="calendar")


def test_a_token_without_its_row_opens_nothing(make):
    link, token = make()
    link.delete()

    assert not opens(token)


def test_an_old_token_does_not_open_a_newer_link(make):
    link, token = make()
    SignedLink.objects.filter(pk=link.pk).update(nonce_hash=make()[0].nonce_hash)

    assert not opens(token)


def test_a_link_expires(make):
    _link, token = make()
    SignedLink.objects.update(created_at=timezone.now() - timedelta(days=8), valid_until=timezone.now())

    assert not opens(token)


@pytest.mark.rule("CO-02")
def test_revoking_closes_every_link_to_the_object_and_no_other(world, make):
    one, two, other = make()[1], make()[1], make(purpose="calendar")[1]

    assert revoke_links(purpose=PURPOSE, obj=world.site) == 2
    assert [opens(one), opens(two), opens(other, "calendar")] == [False, False, True]
    with pytest.raises(LinkInvalid, match="Bitte fordern Sie einen neuen an"):
        open_link(one, purpose=PURPOSE)


@pytest.mark.rule("CO-02")
def test_a_link_that_ends_before_it_begins_is_refused(make):
    with pytest.raises(IntegrityError, match="signed_link_ends_after_it_begins"), transaction.atomic():
        make(valid_for=timedelta(days=-1))
