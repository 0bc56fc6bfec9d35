"""Codes to photograph with a phone."""

import segno


def qr(address: str, *, stretches: bool = False) -> str:
    """As SVG of its own size for paper, or as broad as the page gives it room."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2, omitsize=stretches)
