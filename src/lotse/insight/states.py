"""What may follow what in the life of a snapshot; its numbers never change."""

from collections.abc import Mapping

from lotse.insight.enums import SnapshotState as S

SNAPSHOT: Mapping[S, frozenset[S]] = {
    S.PREPARED: frozenset({S.RELEASED, S.WITHDRAWN}),
    S.RELEASED: frozenset({S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}


def may_become(state: str, then: S) -> bool:
    return then in SNAPSHOT[S(state)]
