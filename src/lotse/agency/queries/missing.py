from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    text: str
    url: str
