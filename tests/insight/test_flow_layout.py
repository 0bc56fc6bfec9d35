import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotse.insight.pictures.flow_layout import BOX, GAP, Band, Stop, lay_out

KEYS = "abc"


@st.composite
def flows(draw):
    """Two columns that add up, some bands hidden."""
    sizes = {(a, b): draw(st.integers(0, 60)) for a in KEYS for b in KEYS}
    left = [Stop(a, a, sum(sizes[a, b] for b in KEYS)) for a in KEYS]
    right = [Stop(b, b, sum(sizes[a, b] for a in KEYS)) for b in KEYS]
    bands = [Band(0, a, b, None if draw(st.booleans()) else n) for (a, b), n in sizes.items()]
    return [left, right], bands


@given(flows())
@settings(max_examples=100, deadline=None)
def test_boxes_of_a_column_keep_apart_and_in_order(flow):
    found = lay_out(*flow, 400, 300)
    for column in (0, 1):
        boxes = [box for box in found.boxes if box.column == column]
        assert [box.stop.key for box in boxes] == [stop.key for stop in flow[0][column] if stop.size]
        assert all(one.y + one.height + GAP <= other.y + 0.01 for one, other in pairwise(boxes))


@given(flows())
@settings(max_examples=100, deadline=None)
def test_what_leaves_a_box_adds_up_to_it_hidden_or_not(flow):
    columns, bands = flow
    found = lay_out(columns, bands, 400, 300)
    for stop in columns[0]:
        assert sum(way.size for way in found.ways if way.start == stop.key) == stop.size
    for stop in columns[1]:
        assert sum(way.size for way in found.ways if way.end == stop.key) == stop.size


@given(flows())
@settings(max_examples=100, deadline=None)
def test_no_hidden_band_is_drawn(flow):
    columns, bands = flow
    hidden = {(band.start, band.end) for band in bands if band.size is None}
    assert [way for way in lay_out(columns, bands, 400, 300).ways if (way.start, way.end) in hidden] == []


def test_columns_stand_from_edge_to_edge():
    stops = [Stop("a", "a", 1)]
    found = lay_out([stops, stops, stops], [Band(0, "a", "a", 1), Band(1, "a", "a", 1)], 412, 100)
    assert [box.x for box in found.boxes] == [0, 200, 400]
    assert [way.path.split(",")[0] for way in found.ways] == [f"M{BOX}.0", f"M{200 + BOX}.0"]


def test_a_hidden_box_keeps_its_word_and_has_no_ways():
    found = lay_out([[Stop("a", "a", None)], [Stop("x", "x", 4)]], [Band(0, "a", "x", None)], 400, 300)
    assert [box.stop.key for box in found.boxes] == ["a", "x"]
    assert [(way.start, way.end, way.size) for way in found.ways] == [("", "x", 4)]


@pytest.mark.parametrize("columns", [[[], []], [[Stop("a", "a", 0)], [Stop("x", "x", 0)]]])
def test_nothing_is_drawn_of_nothing(columns):
    assert lay_out(columns, [], 400, 300) == lay_out([[], []], [], 400, 300)


def test_bands_are_closed_shapes():
    found = lay_out([[Stop("a", "a", 5)], [Stop("x", "x", 5)]], [Band(0, "a", "x", 5)], 400, 300)
    assert re.fullmatch(r"M[\d.,]+C[\d., ]+L[\d.,]+C[\d., ]+Z", found.ways[0].path)
