import pytest
from django.conf import settings

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
