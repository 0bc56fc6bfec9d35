"""One line of what waits for somebody, whatever app it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkItem:
    """A line on *Heute*: what it is about, where to go, in which tone, and one sentence."""

    title: str
    url: str
    sentence: str
    badge: str = ""
    tone: str = ""
