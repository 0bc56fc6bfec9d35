"""Small cells: what could point to a person is shown as a dot, together with what would give it away (facts.md §7.4)."""

from collections.abc import Mapping

HIDDEN = None


def suppress(cells: Mapping[str, int], threshold: int) -> dict[str, int | None]:
    """Counts with every cell of 1 to threshold-1 hidden; None is a hidden cell, zero stays zero.

    The total is shown beside the cells. So when the hidden ones add up to less than the threshold, or one stands alone,
    the next smallest is hidden too: otherwise the total minus the rest would reveal it.
    """
    shown: dict[str, int | None] = {key: HIDDEN if 0 < count < threshold else count for key, count in cells.items()}
    while _gives_itself_away(cells, shown, threshold):
        visible = [key for key, count in shown.items() if count]
        if not visible:
            break
        shown[min(visible, key=lambda key: (cells[key], key))] = HIDDEN
    return shown


def _gives_itself_away(cells: Mapping[str, int], shown: Mapping[str, int | None], threshold: int) -> bool:
    hidden = [cells[key] for key, count in shown.items() if count is HIDDEN]
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < threshold)


def suppress_total(total: int, threshold: int) -> int | None:
    return HIDDEN if 0 < total < threshold else total
