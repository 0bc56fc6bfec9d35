"""How data of an analysis is drawn; the table beside it says the same."""

from collections.abc import Sequence

from lotse.agency.queries.series import Series, points_on
from lotse.documents import maps
from lotse.documents.bars import Bar, bar_chart
from lotse.documents.geojson import Area
from lotse.documents.pictures import Spec
from lotse.documents.themes import Theme


def bars(series: Series, theme: Theme, width: int) -> Spec:
    """Below zero there is no bar, only the number."""
    found = [Bar(point.words, max(float(point.amount), 0), point.written) for point in series.bars]
    return bar_chart(found, theme, width)


def area_map(series: Series, areas: Sequence[Area], theme: Theme, width: int) -> Spec:
    found = points_on(areas, series)
    shades = {key: maps.Shade(max(float(point.amount), 0), point.written) for key, point in found.items()}
    return maps.area_map(areas, shades, theme, width)
