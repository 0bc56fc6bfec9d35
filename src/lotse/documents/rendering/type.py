"""Our type inside a picture: a browser lets an image load nothing, so the few letters it needs travel with it.

A TrueType file is a directory of tables. Kept are those a browser asks for, with the outlines of the letters wanted; every
other glyph stays in its place, empty, so that no number in the file changes. The result is wrapped as WOFF.
"""

import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from struct import iter_unpack, pack, unpack_from

from django.conf import settings

FAMILY = "Fira Sans"
WEIGHTS = {400: "FiraSans-Regular.ttf", 600: "FiraSans-SemiBold.ttf"}
KEPT = (b"OS/2", b"cvt ", b"fpgm", b"head", b"hhea", b"maxp", b"name", b"prep")
PARTS, WORDS, PAIR, MATRIX = 0x0020, 0x0001, 0x0040, 0x0080  # flags of a glyph that is put together from others
SCALE = 0x0008
Tables = dict[bytes, bytes]


def with_our_type(svg: str) -> str:
    words = "".join(unescape(found) for found in re.findall(r"<text[^>]*>([^<]*)</text>|>([^<]+)</tspan>", svg) for found in found)  # fmt: skip
    faces = "".join(_face(weight, words) for weight in _weights(svg))
    return re.sub(r"(<svg[^>]*>)", rf"\1<style>{faces}</style>", svg, count=1)


def _weights(svg: str) -> list[int]:
    return [weight for weight in WEIGHTS if weight == 400 or f'font-weight="{weight}"' in svg]


def _face(weight: int, words: str) -> str:
    font = b64encode(subset(_tables_of(WEIGHTS[weight]), words)).decode()
    return f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url(data:font/woff;base64,{font})}}'


def subset(tables: Tables, words: str) -> bytes:
    known = _glyphs_by_sign(tables[b"cmap"])
    signs = {ord(sign): known[ord(sign)] for sign in set(words) | {" "} if ord(sign) in known}
    wanted = set(_with_parts(tables, {0, *signs.values()}))
    kept = {name: tables[name] for name in KEPT if name in tables}
    glyphs, places = _emptied(tables, wanted)
    head = kept[b"head"]
    kept[b"head"] = head[:50] + pack(">h", 1) + head[52:]  # long places
    drawn = {b"glyf": glyphs, b"loca": places, b"hmtx": tables[b"hmtx"], b"cmap": _cmap(signs), b"post": _post(tables)}
    return _woff({**kept, **drawn})


@cache
def _tables_of(name: str) -> Tables:
    font = (Path(settings.PACKAGE) / "static" / "vendor" / "fonts" / name).read_bytes()
    (count,) = unpack_from(">H", font, 4)
    entries = iter_unpack(">4sLLL", font[12 : 12 + 16 * count])
    return {tag: font[start : start + size] for tag, _sum, start, size in entries}


def _glyphs_by_sign(cmap: bytes) -> dict[int, int]:
    """From its segments of 16-bit signs (format 4)."""
    (count,) = unpack_from(">H", cmap, 2)
    starts = {unpack_from(">HHL", cmap, 4 + 8 * n)[2] for n in range(count)}
    table = next(cmap[start:] for start in starts if unpack_from(">H", cmap, start) == (4,))
    half = unpack_from(">H", table, 6)[0]
    found = {}
    for at in range(0, half, 2):
        end, start, delta, offset = (
            unpack_from(">H", table, 14 + part * half + (2 if part else 0) + at)[0] for part in range(4)
        )
        place = 16 + 3 * half + at  # where the offset stands: it counts from there
        for sign in range(start, end + 1) if end < 0xFFFF else ():
            glyph = unpack_from(">H", table, place + offset + 2 * (sign - start))[0] if offset else sign
            found[sign] = (glyph + delta) & 0xFFFF if glyph else 0
    return {sign: glyph for sign, glyph in found.items() if glyph}


def _glyph(tables: Tables, number: int) -> bytes:
    is_long = unpack_from(">h", tables[b"head"], 50)[0]
    start, end = unpack_from(">LL", tables[b"loca"], 4 * number) if is_long else (2 * place for place in unpack_from(">HH", tables[b"loca"], 2 * number))  # fmt: skip
    return tables[b"glyf"][start:end]


def _with_parts(tables: Tables, wanted: Iterable[int]) -> Iterator[int]:
    """An ä is an a and two dots, which are glyphs of their own."""
    for number in wanted:
        yield number
        glyph = _glyph(tables, number)
        if glyph and unpack_from(">h", glyph)[0] < 0:
            yield from _with_parts(tables, _parts(glyph))


def _parts(glyph: bytes) -> Iterator[int]:
    at, flags = 10, PARTS
    while flags & PARTS:
        flags, number = unpack_from(">HH", glyph, at)
        yield number
        scale = 2 if flags & SCALE else 4 if flags & PAIR else 8 if flags & MATRIX else 0
        at += 4 + (4 if flags & WORDS else 2) + scale


def _emptied(tables: Tables, wanted: set[int]) -> tuple[bytes, bytes]:
    """Outlines, and where each begins."""
    (count,) = unpack_from(">H", tables[b"maxp"], 4)
    outlines, places = b"", [0]
    for number in range(count):
        outlines += _padded(_glyph(tables, number)) if number in wanted else b""
        places.append(len(outlines))
    return outlines, pack(f">{count + 1}L", *places)


def _cmap(signs: dict[int, int]) -> bytes:
    groups = b"".join(pack(">LLL", sign, sign, glyph) for sign, glyph in sorted(signs.items()))
    return pack(">HHHHL", 0, 1, 3, 10, 12) + pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(signs)) + groups


def _post(tables: Tables) -> bytes:
    """Without the names of the glyphs."""
    return pack(">L", 0x00030000) + tables[b"post"][4:32]


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 4)


def _woff(tables: Tables) -> bytes:
    names = sorted(tables)
    packed = [min(zlib.compress(tables[name], 9), tables[name], key=len) for name in names]
    start = 44 + 20 * len(names)
    entries, body = b"", b""
    for name, content in zip(names, packed, strict=True):
        table = tables[name]
        check = sum(word for (word,) in iter_unpack(">L", _padded(table))) & 0xFFFFFFFF
        entries += pack(">4sLLLL", name, start + len(body), len(content), len(table), check)
        body += _padded(content)
    whole = 12 + sum(16 + len(_padded(table)) for table in tables.values())
    head = pack(">4sLLHHLHHLLLLL", b"wOFF", 0x00010000, start + len(body), len(names), 0, whole, 1, 0, 0, 0, 0, 0, 0)
    return head + entries + body
