"""How often an address without a login is asked, counted in the shared cache, so that it holds across processes."""

import time

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from lotse.core.readonly import counters_may_write

WINDOW = 15 * 60


def admit(what: str, who: str, allowed: int) -> bool:
    """False when this has been too often in the running quarter of an hour. `who` is kept as a checksum only."""
    digest = salted_hmac(f"lotse.throttle.{what}", who, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
    name = f"throttle.{digest[:40]}.{int(time.time()) // WINDOW}"
    with counters_may_write():
        if cache.add(name, 1, WINDOW):
            return True
        try:
            return cache.incr(name) <= allowed
        except ValueError:  # dropped in between
            return True
