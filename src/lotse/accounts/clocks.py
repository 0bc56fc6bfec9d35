"""The two clocks that a session carries: when it began, and when its owner last did something."""

import time

STARTED, SEEN = "started", "seen"


def fresh_clocks() -> dict[str, int]:
    now = int(time.time())
    return {STARTED: now, SEEN: now}
