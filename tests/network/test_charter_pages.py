"""What was agreed is read in Lotse by who sees the format, and without a login by who was invited (NW-01)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lotse.correspondence.models import OutgoingMail
from lotse.network.actions.charters import share_charter, write_charter
from lotse.network.actions.meetings import Day, change_meeting
from tests.factories import network as make
from tests.network.test_meetings import mails, token_in

PARTS = {"participants": "Alle", "goals": "Kurze Wege", "rhythm": "Im Quartal", "organising": "Die Stabsstelle"}


def agreed(world, made, **more):
    values = {**PARTS, "agreed_on": timezone.localdate(), **more}
    return write_charter(by=world.coordinator.actor, format=made, **values)


def guest_token(world, made):
    make.meeting_of(world, made, invited=True)
    return token_in(next(mail for mail in mails() if mail.recipient == "wolf@stadt.example"))


@pytest.mark.rule("NW-01")
def test_a_member_reads_the_charter_in_lotse(world, login):
    made = make.format_of(world)
    make.member(world, made, world.counsellor)
    charter = agreed(world, made)
    web = login(world.counsellor)
    address = reverse("network:read_charter", args=[made.public_id, charter.public_id])
    assert address in web.get(reverse("network:format", args=[made.public_id])).content.decode()
    page = web.get(address).content.decode()
    assert all(text in page for text in PARTS.values())
    assert "neue Fassung" not in page
    assert login(world.outsider).get(address).status_code == 404


@pytest.mark.rule("NW-01")
def test_a_guest_reads_it_behind_the_link_of_the_invitation(world, client):
    made = make.round_of(world)
    agreed(world, made)
    write_charter(by=world.coordinator.actor, format=made, **{**PARTS, "goals": "Noch ein Entwurf"})
    token = guest_token(world, made)
    address = reverse("network:invited_charter")

    assert address in client.get(reverse("network:answer"), {"t": token}).content.decode()
    page = client.get(address, {"t": token})
    assert ("Kurze Wege" in page.content.decode(), "Noch ein Entwurf" in page.content.decode()) == (True, False)
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")
    paper = client.get(reverse("network:invited_charter_pdf"), {"t": token})
    assert b"".join(paper.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize("name", ["invited_charter", "invited_charter_pdf"])
def test_nothing_agreed_wrong_or_revoked_says_nothing(world, client, name):
    made = make.round_of(world)
    token, address = guest_token(world, made), reverse(f"network:{name}")
    assert client.get(address, {"t": token}).status_code == 404
    assert "So arbeiten wir zusammen" not in client.get(reverse("network:answer"), {"t": token}).content.decode()

    agreed(world, made)
    assert [client.get(address, {"t": t}).status_code for t in (token, "", "x")] == [200, 404, 404]
    change_meeting(by=world.coordinator.actor, meeting=made.meetings.get(), day=Day(make.soon(20), 60))
    assert client.get(address, {"t": token}).status_code == 404


def test_only_members_with_an_account_are_told_where_it_stands(world):
    made = make.round_of(world)
    share_charter(by=world.coordinator.actor, charter=agreed(world, made))
    told = {mail.recipient: "/vereinbarung/" in mail.body for mail in OutgoingMail.objects.all()}
    assert (told["wolf@stadt.example"], told[world.counsellor.user.email]) == (False, True)
