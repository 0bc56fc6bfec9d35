"""Partners to choose from stand under their kinds."""

from lotse.partners.queries import by_kind, partner_list
from tests.factories import casework as make


def test_partners_are_offered_under_their_kinds_in_the_words_of_the_house(world):
    rent = make.partner(world, name="Mieterbund", category="housing")
    office = make.partner(world, name="Ämterhaus", category="jobcentre")
    flat = make.partner(world, name="Wohnheim", category="housing")
    actor = world.counsellor.actor

    assert by_kind(actor, partner_list(actor)) == [
        ("Jobcenter und Agentur für Arbeit", [(office.public_id, "Ämterhaus")]),
        ("Wohnen", [(rent.public_id, "Mieterbund"), (flat.public_id, "Wohnheim")]),
    ]


def test_the_three_hundredth_partner_is_offered_too(world, login):
    for number in range(300):
        make.partner(world, name=f"Einrichtung {number:03}")

    page = login(world.counsellor).get("/anfrage/").content.decode()

    assert "Einrichtung 299" in page
