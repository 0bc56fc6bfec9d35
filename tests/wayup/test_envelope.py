"""The file between two installations: whoever is not meant reads nothing, and nothing changed is taken."""

import json
from base64 import b64decode, b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotse.core.canonical import canonical
from lotse.wayup.envelope import (
    LARGEST_FILE,
    SUITE,
    PrivateKeys,
    PublicKeys,
    X25519PublicKey,
    opened,
    sealed,
    sender_of,
)
from lotse.wayup.tables import Refused
from tests.wayup.tables import report

SENDER, ADDRESSEE, STRANGER = PrivateKeys.new(), PrivateKeys.new(), PrivateKeys.new()
CONTENT = report().content

pytestmark = pytest.mark.rule("UP-05")


def file(**changes):
    return canonical({**json.loads(sealed(CONTENT, sender=SENDER, addressee=ADDRESSEE.public)), **changes})


def take(content, own=ADDRESSEE, sender=SENDER):
    return opened(content, own=own, sender=sender.public)


def test_the_addressee_reads_what_was_sent_and_from_whom():
    content = file()
    assert (sender_of(content), take(content)) == (SENDER.public.fingerprint, CONTENT)


def test_a_file_shows_nothing_of_the_report():
    outer = json.loads(file())
    assert set(outer) == {"schema", "version", "from", "to", "sealed"}
    assert not any(word in b64decode(outer["sealed"]) for word in (b"cases", b"under_27", b"2025", b"report"))


def test_the_same_report_is_sealed_differently_every_time():
    assert file() != file()


def test_keys_are_known_by_text_and_fingerprint():
    assert PrivateKeys.from_text(SENDER.text) == SENDER
    assert PublicKeys.from_text(f" {SENDER.public.text[:40]}\n{SENDER.public.text[40:]} ") == SENDER.public
    assert (len(SENDER.public.text), len(SENDER.public.fingerprint)) == (88, 39)
    assert SENDER.public.fingerprint != ADDRESSEE.public.fingerprint


@pytest.mark.parametrize(
    "text", ["", "abc", "?" * 88, b64encode(b"x" * 63).decode(), b64encode(b"x" * 65).decode(), "ä" * 88]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Refused, match="ganz kopieren"):
        PublicKeys.from_text(text)


def test_a_file_for_somebody_else_is_not_opened():
    with pytest.raises(Refused, match="für jemand anderen"):
        take(file(), own=STRANGER)


def test_a_file_redirected_to_somebody_else_is_not_opened():
    with pytest.raises(Refused, match="verändert"):
        take(file(to=STRANGER.public.fingerprint), own=STRANGER)


def test_a_file_from_another_sender_than_it_names_is_refused():
    with pytest.raises(Refused, match="verändert"):
        take(sealed(CONTENT, sender=STRANGER, addressee=ADDRESSEE.public))


def test_a_file_that_names_another_sender_than_it_has_is_refused():
    forged = json.loads(sealed(CONTENT, sender=STRANGER, addressee=ADDRESSEE.public))
    with pytest.raises(Refused, match="verändert"):
        take(canonical({**forged, "from": SENDER.public.fingerprint}))


def test_who_gets_a_report_cannot_pass_it_on_as_if_it_had_been_sent_there():
    """The signature names the addressee: a report unsealed and sealed anew for another is refused."""
    outer = json.loads(file())
    head = {name: outer[name] for name in ("schema", "version", "from", "to")}
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    own = X25519PrivateKey.from_private_bytes(ADDRESSEE.sealing)
    inner = SUITE.decrypt(b64decode(outer["sealed"]), own, info=canonical(head))
    head["to"] = STRANGER.public.fingerprint
    again = SUITE.encrypt(inner, X25519PublicKey.from_public_bytes(STRANGER.public.sealing), info=canonical(head))
    with pytest.raises(Refused, match="verändert"):
        take(canonical({**head, "sealed": b64encode(again).decode()}), own=STRANGER)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_single_changed_byte_is_noticed(data):
    outer = json.loads(file())
    raw = bytearray(b64decode(outer["sealed"]))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refused):
        take(canonical({**outer, "sealed": b64encode(bytes(raw)).decode()}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "neueres Format. Bitte aktualisieren"),
        ({"version": 0}, "älteres Format. Der Absender"),
        ({"version": None}, "älteres Format"),
        ({"schema": "anderes"}, "keine Meldung"),
        ({"note": "x"}, "keine Meldung"),
        ({"sealed": 7}, "keine Meldung"),
        ({"sealed": "???"}, "verändert"),
        ({"sealed": ""}, "verändert"),
    ],
)
def test_another_format_is_refused_with_what_to_do(changes, said):
    with pytest.raises(Refused, match=said):
        take(file(**changes))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"7", b"\xff\xfe", b"{", b"[" * 100_000, b"PK\x03\x04", b"x" * (LARGEST_FILE + 1)]
)
def test_what_is_no_file_of_ours_is_refused(content):
    with pytest.raises(Refused):
        take(content)


@pytest.mark.parametrize(
    "inner",
    [
        b"[]",
        b"{}",
        canonical({"report": CONTENT}),
        canonical({"report": CONTENT, "signature": 7}),
        canonical({"report": CONTENT, "signature": "eA=="}),
    ],
)
def test_a_file_without_a_signature_is_refused(inner):
    outer = json.loads(file())
    head = {name: outer[name] for name in ("schema", "version", "from", "to")}
    key = X25519PublicKey.from_public_bytes(ADDRESSEE.public.sealing)
    with pytest.raises(Refused, match="verändert"):
        take(canonical({**head, "sealed": b64encode(SUITE.encrypt(inner, key, info=canonical(head))).decode()}))
