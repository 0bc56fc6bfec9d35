import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.core.search import fold, prefix_end


@pytest.mark.parametrize(("typed", "folded"), [
    ("Özdemir", "ozdemir"), ("Oezdemir", "ozdemir"), ("OZDEMIR", "ozdemir"), ("Groß", "gross"), ("Łukasz", "lukasz"), ("Şahin", "sahin"),
    ("  von   der-Au ", "von der au"), ("İbrahim", "ibrahim"), ("Nguyễn", "nguyen"), ("Шевченко", "шевченко"), ("", ""),
])  # fmt: skip
def test_names_fold_to_what_people_type(typed, folded):
    assert fold(typed) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcxyzößłé ", min_size=1, max_size=12), st.text(alphabet="abcxyzöß ", max_size=8))
def test_range_of_a_prefix_holds_what_begins_with_it(prefix, rest):
    key = fold(prefix)
    if key:
        assert key <= key + rest < prefix_end(key) or not rest.isascii()
