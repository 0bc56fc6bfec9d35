import threading
import time

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.utils import timezone

from lotse.core import crypto
from lotse.core.crypto import SecretUnreadable, forget_cached_keys
from lotse.core.models import DataKey, Draft

pytestmark = pytest.mark.django_db


def draft(**more):
    return Draft.objects.create(
        **{
            "organisation_id": 1,
            "owner_ref": "a",
            "form_key": "x",
            "label": "l",
            "url": "/",
            "content": "Geheim ü",
            **more,
        }
    )


def stored(pk):
    return bytes(Draft.objects.filter(pk=pk).values_list("content", flat=True).get())


def test_text_is_sealed_at_rest_and_open_in_hand():
    made = draft()

    assert b"Geheim" not in stored(made.pk)
    assert Draft.objects.get(pk=made.pk).content == "Geheim ü"


def test_unchanged_text_is_not_sealed_again():
    before = stored(draft().pk)
    row = Draft.objects.get()
    row.label = "anders"
    row.save()

    assert stored(row.pk) == before


def test_empty_text_stays_empty():
    assert Draft.objects.filter(pk=draft(content="").pk).values_list("content", flat=True).get() == ""


def test_changed_bytes_are_refused_and_never_shown():
    made = draft()
    Draft.objects.filter(pk=made.pk).update(content=stored(made.pk)[:-1] + b"x")

    with pytest.raises(SecretUnreadable):
        _ = Draft.objects.get(pk=made.pk).content


def test_a_value_moved_to_another_row_is_refused():
    first, second = draft(), draft(owner_ref="b")
    Draft.objects.filter(pk=second.pk).update(content=stored(first.pk))

    with pytest.raises(SecretUnreadable):
        _ = Draft.objects.get(pk=second.pk).content


def test_update_refuses_plain_text():
    draft()
    with pytest.raises(TypeError, match="versiegelt"):
        Draft.objects.update(content="offen")


def test_wrong_root_key_says_so(settings):
    made = draft()
    forget_cached_keys()
    settings.LOTSE_ROOT_KEY = b"x" * 32

    with pytest.raises(SecretUnreadable, match="Hauptschlüssel"):
        _ = Draft.objects.get(pk=made.pk).content


def test_bulk_creation_seals_too():
    Draft.objects.bulk_create(
        [Draft(organisation_id=1, owner_ref="c", form_key="x", label="l", url="/", content="Geheim")]
    )

    row = Draft.objects.get(owner_ref="c")
    assert (row.content, b"Geheim" in stored(row.pk)) == ("Geheim", False)


def test_each_organisation_has_its_own_key():
    draft(), draft(owner_ref="b", organisation_id=2)

    assert sorted(DataKey.objects.values_list("organisation_id", flat=True)) == [1, 2]
    assert crypto.unwrap(bytes(DataKey.objects.first().wrapped), settings.LOTSE_ROOT_KEY)


def test_deferred_secret_is_loaded_when_asked_for():
    draft()
    assert Draft.objects.defer("content").get().content == "Geheim ü"


# --- moved and damaged ----------------------------------------------------------------------------------------


def open_stored(pk):
    return Draft.objects.get(pk=pk).content


@pytest.mark.parametrize(
    "damage",
    [lambda s: s[:20], lambda s: b"\x02" + s[1:], lambda s: s[:-1], lambda s: s[:9] + bytes(12) + s[21:], lambda s: b"x"],
    ids=["no_body", "other_version", "cut", "other_nonce", "one_byte"],
)  # fmt: skip
def test_damaged_values_are_refused_as_unreadable(damage):
    made = draft()
    Draft.objects.filter(pk=made.pk).update(content=damage(stored(made.pk)))

    with pytest.raises(SecretUnreadable):
        open_stored(made.pk)


def test_a_value_is_bound_to_table_column_and_row():
    made = draft()
    sealed, field = stored(made.pk), Draft._meta.get_field("content")
    right = field.context_for(made.public_id)

    assert right == f"core_draft.content.{made.public_id}".encode()
    assert crypto.unseal(sealed, context=right) == "Geheim ü".encode()
    for other in (b"core_draft.label.", b"casework_case.content."):
        with pytest.raises(SecretUnreadable):
            crypto.unseal(sealed, context=other + made.public_id.encode())


def test_a_value_whose_key_is_gone_is_unreadable():
    made = draft()
    forget_cached_keys()
    DataKey.objects.all().delete()

    with pytest.raises(SecretUnreadable, match="fehlt"):
        open_stored(made.pk)


@pytest.mark.parametrize(
    "look_up", [{"content": "Geheim"}, {"content__contains": "Geheim"}, {"content__in": ["Geheim"]}]
)
def test_nobody_can_search_in_sealed_text(look_up):
    draft()
    with pytest.raises((TypeError, FieldError)):
        Draft.objects.filter(**look_up).exists()


def test_bulk_update_is_refused_too():
    made = draft()
    made.content = "offen"
    with pytest.raises(TypeError, match="versiegelt"):
        Draft.objects.bulk_update([made], ["content"])


def test_rows_read_but_not_opened_are_saved_without_a_key(settings):
    made = draft()
    forget_cached_keys()
    settings.LOTSE_ROOT_KEY = b"x" * 32
    row = Draft.objects.get(pk=made.pk)
    row.label = "anders"
    row.save()

    assert Draft.objects.get(pk=made.pk).label == "anders"


# --- which key ------------------------------------------------------------------------------------------------


def test_reading_makes_no_key():
    empty = draft(content="")
    assert (open_stored(empty.pk), DataKey.objects.count()) == ("", 0)


def test_a_key_is_found_again_and_not_made_twice():
    draft(), draft(owner_ref="b")
    assert DataKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_of_a_transaction_that_failed_is_not_remembered():
    with transaction.atomic():
        draft()
        transaction.set_rollback(True)
    assert DataKey.objects.count() == 0

    made = draft()
    forget_cached_keys()
    assert open_stored(made.pk) == "Geheim ü"


@pytest.mark.django_db(transaction=True)
def test_a_key_is_remembered_once_it_is_committed(django_assert_num_queries):
    draft()
    draft(owner_ref="b")
    with django_assert_num_queries(0):
        crypto.seal(b"x", organisation_id=1, context=b"c")


@pytest.mark.django_db(transaction=True)
def test_a_retired_key_is_forgotten_after_a_while(monkeypatch):
    draft()
    first = crypto.current_key_id(1)
    DataKey.objects.update(retired_at=timezone.now())
    assert crypto.current_key_id(1) == first

    later = time.monotonic() + crypto.CURRENT_KEY_SECONDS + 1
    monkeypatch.setattr(crypto.time, "monotonic", lambda: later)
    assert crypto.current_key_id(1) != first


def test_two_processes_that_make_a_key_at_once_can_read_each_other():
    """Each made one before it saw the other's: both open, one of them seals from now on."""
    ours, theirs = crypto.new_data_key(1), crypto.new_data_key(1)
    texts = {}
    for key, owner in ((ours, "a"), (theirs, "b")):
        crypto._current[1] = (key.pk, float("inf"))
        texts[owner] = draft(owner_ref=owner).pk

    forget_cached_keys()
    assert [open_stored(pk) for pk in texts.values()] == ["Geheim ü"] * 2
    assert crypto.current_key_id(1) in (ours.pk, theirs.pk)


@pytest.mark.django_db(transaction=True)
def test_threads_that_seal_at_once_all_can_be_read():
    start = threading.Barrier(4)

    def write(owner):
        start.wait()
        draft(owner_ref=owner)
        connection.close()

    threads = [threading.Thread(target=write, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    forget_cached_keys()
    assert [row.content for row in Draft.objects.all()] == ["Geheim ü"] * 4
