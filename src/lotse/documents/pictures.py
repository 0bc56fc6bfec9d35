"""Pictures of figures: a Vega or Vega-Lite specification becomes SVG, drawn by a process of its own (ADR 0035)."""

import atexit
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from lotse.documents.rendering import FontsMissing, drawer

log = logging.getLogger("lotse.documents")

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"  # a name, never fetched
VEGA = "https://vega.github.io/schema/vega/v5.json"
KEPT = 256  # pictures that a process remembers, some 10 kB each
Spec = Mapping[str, Any]


class PictureFailed(Exception):
    """The table says the same, so a page goes on without it."""


def svg_of(spec: Spec) -> str:
    """Drawn once as long as it is remembered; in memory, because pictures show what only their reader may see."""
    return _drawn(_written(spec))


def content_hash(spec: Spec) -> str:
    return sha256(_written(spec).encode()).hexdigest()


def _written(spec: Spec) -> str:
    return json.dumps(spec, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


@lru_cache(maxsize=KEPT)
def _drawn(written: str) -> str:
    answer = json.loads(_DRAWER.ask(written))
    if "svg" not in answer:
        log.error("a picture cannot be drawn: %s", answer["error"])
        raise PictureFailed(answer["error"])
    return str(answer["svg"])


class _Drawer:
    """One for this process of the server, started when the first picture is wanted. It leaves when nobody asks."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen[str] | None = None
        atexit.register(self.leave)

    def leave(self) -> None:
        if self.process:
            self._forget(self.process)

    def ask(self, written: str) -> str:
        """Twice, since it may have left a moment ago."""
        with self.lock:
            answer = self._asked(written) or self._asked(written)
        if not answer:
            log.error("the process that draws gives no answer")
            raise PictureFailed("Das Bild lässt sich gerade nicht zeichnen.")
        return answer

    def _asked(self, written: str) -> str:
        """Empty when the process ended: of old age, or because the picture took too long."""
        process = self._running()
        with suppress(BrokenPipeError):
            process.stdin.write(f"{written}\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            if answer := process.stdout.readline():  # type: ignore[union-attr]
                return answer
        self._forget(process)
        return ""

    def _running(self) -> "subprocess.Popen[str]":
        if self.process and self.process.poll() is not None:
            self._forget(self.process)
        self.process = self.process or _started()
        return self.process

    def _forget(self, process: "subprocess.Popen[str]") -> None:
        process.kill()
        with suppress(BrokenPipeError):
            process.communicate()
        self.process = None


def _started() -> "subprocess.Popen[str]":
    """Isolated: no environment, hence no secrets; no path but that of the packages."""
    fonts = Path(settings.PACKAGE) / "static" / "vendor" / "fonts"
    if not any(fonts.glob("*.ttf")):
        raise FontsMissing("Die Schriften für Bilder fehlen. Bitte `make assets` ausführen.")
    command = [sys.executable, "-I", str(drawer.__file__), str(fonts)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}, text=True)  # noqa: S603 -- our own file


_DRAWER = _Drawer()
