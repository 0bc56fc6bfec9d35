"""Pictograms, drawn here: faces for yes, partly, no; little people for how many. The same on paper and on the page."""

from collections.abc import Callable
from functools import cache

from django.utils.safestring import SafeString

FACE = '<circle cx="24" cy="24" r="20"/><path d="M17 18v2M31 18v2" stroke-width="4"/>'
MOUTHS = {"glad": "M15 28q9 9 18 0", "middling": "M16 31h16", "sad": "M15 34q9-9 18 0"}
PEOPLE = (0, 1, 3, 5, 8)
NOBODY = '<circle cx="24" cy="24" r="18" stroke-dasharray="4 4"/>'


@cache
def svg(name: str, colour: str = "#1b4d5c") -> str:
    kind, _, number = name.partition("_")
    inside = _people(PEOPLE[int(number)]) if kind == "people" else f'{FACE}<path d="{MOUTHS[name]}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48" fill="none" '
        f'stroke="{colour}" stroke-width="2.5" stroke-linecap="round" aria-hidden="true">{inside}</svg>'
    )


def on_page(name: str) -> SafeString:
    """In the colour of the text around it; nothing in it comes from outside."""
    return SafeString(svg(name, "currentColor"))


def _people(count: int) -> str:
    if not count:
        return NOBODY
    columns = {1: 1, 3: 3, 5: 3, 8: 4}[count]
    rows = -(-count // columns)
    step, body = 48 / max(columns, 3), _body(48 / max(columns, 3) / 16)
    top = (48 - rows * 20) / 2
    places = ((n % columns, n // columns) for n in range(count))
    shift = (48 - columns * step) / 2
    return "".join(body(shift + x * step, top + y * 20) for x, y in places)


def _body(size: float) -> Callable[[float, float], str]:
    def at(x: float, y: float) -> str:
        middle = x + 8 * size
        return (
            f'<circle cx="{middle:.1f}" cy="{y + 5:.1f}" r="{3 * size:.1f}"/>'
            f'<path d="M{middle - 5 * size:.1f} {y + 17:.1f}q0-{6 * size:.1f} {5 * size:.1f}-{6 * size:.1f}'
            f't{5 * size:.1f} {6 * size:.1f}"/>'
        )

    return at
