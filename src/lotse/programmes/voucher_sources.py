"""What a voucher arose from, for apps that do not know the app it was entered in: "the market day of this agency".

An app says how it finds that (`register_source`); whoever shows vouchers asks for all of them at once.
"""

from collections.abc import Callable, Collection, Mapping

# By id of the voucher, what it was for in a few words.
Found = Mapping[int, str]
SOURCES: dict[str, Callable[[Collection[int]], Found]] = {}


def register_source(key: str, find: Callable[[Collection[int]], Found]) -> None:
    if key in SOURCES:
        raise ValueError(f"the source {key} of vouchers is registered twice")
    SOURCES[key] = find


def sources_of(vouchers: Collection[int]) -> dict[int, str]:
    """One statement for each app that registered; none for no voucher."""
    if not vouchers:
        return {}
    return {voucher: words for find in SOURCES.values() for voucher, words in find(vouchers).items()}
