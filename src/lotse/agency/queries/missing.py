"""What a document still lacks, and where to give it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    text: str
    url: str
