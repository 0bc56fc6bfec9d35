"""A process of its own that draws: one specification a line in, one SVG a line out, both as JSON.

It is started without environment, knows no secrets and no database, and loads nothing from anywhere. Vega takes 150 MB,
which a web server must not carry about, and a picture that hangs ends this process alone.
"""

import json
import signal
import sys

IDLE = 60  # seconds without work until it goes and gives the memory back
LONGEST = 15  # seconds that one picture may take
GERMAN = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0€"]}


def main(fonts: str) -> None:
    import vl_convert  # noqa: PLC0415 -- nowhere else in the product

    vl_convert.register_font_directory(fonts)
    while line := _next_line():
        signal.alarm(LONGEST)  # without a handler: it ends the process even in the middle of native code
        print(json.dumps(_drawn(vl_convert, json.loads(line))), flush=True)


def _next_line() -> str:
    signal.alarm(IDLE)
    return sys.stdin.readline()


def _drawn(engine, spec: dict) -> dict[str, str]:  # type: ignore[no-untyped-def,type-arg]
    draw = engine.vegalite_to_svg if "vega-lite" in spec["$schema"] else engine.vega_to_svg
    try:
        return {"svg": draw(spec, allowed_base_urls=[], format_locale=GERMAN)}
    except ValueError as error:
        return {"error": str(error)[:300]}


if __name__ == "__main__":
    main(sys.argv[1])
