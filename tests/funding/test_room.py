"""The bar of the room, and the choice at the top of its pages."""

import pytest
from django.urls import reverse

from lotse.funding.urls import PLACES
from lotse.programmes.models import Grant

BELOW = {
    "calls": "Weiterleitung",
    "rounds": "Weiterleitung",
    "accounts": "Weiterleitung",
    "duties": "Mehr",
    "figures": "Mehr",
}


@pytest.fixture
def other(grant):
    copy = Grant.objects.get(pk=grant.pk)
    copy.pk, copy.public_id, copy.name, copy._state.adding = None, "other", "Ältere", True
    copy.save()
    return copy


def test_the_bar_has_a_few_short_words(world, grant):
    words = [word for word, _name in PLACES]
    assert (len(words) <= 8, max(len(word) for word in words) <= 13, any(" " in word for word in words)) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize(("name", "word"), [*((name.split(":")[1], word) for word, name in PLACES), *BELOW.items()])
def test_every_page_says_where_in_the_room_it_is(client, world, grant, name, word):
    client.force_login(world.coordinator.user)
    page = client.get(reverse(f"funding:{name}")).content.decode()
    assert f'aria-current="page">{word}</a>' in page


@pytest.mark.parametrize(
    "name", ["home", "application", "posts", "staff_changes", "money", "ledger", "proofs", "audit"]
)
def test_the_grant_is_chosen_in_one_way_and_only_where_there_are_several(client, world, grant, name, other):
    client.force_login(world.coordinator.user)
    address = reverse(f"funding:{name}")
    page = client.get(address, {"zuwendung": other.public_id}).content.decode()
    assert f'<option value="{other.public_id}" selected>Ältere</option>' in page
    other.delete()
    assert '<select id="zuwendung"' not in client.get(address).content.decode()


def test_what_was_narrowed_stays_when_another_grant_is_chosen(client, world, grant, other):
    client.force_login(world.coordinator.user)
    page = client.get(reverse("funding:staff_changes"), {"stand": "alle"}).content.decode()
    assert '<input type="hidden" name="stand" value="alle">' in page
