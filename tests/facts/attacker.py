"""Somebody who keeps every table that was ever released and bounds each hidden number by linear programming."""

from collections.abc import Hashable, Mapping

import numpy as np
from scipy.optimize import linprog

Atoms = frozenset[Hashable]
EXACT = 1e-6


class Attacker:
    """Knows sums over atoms, none of which is negative. `at_least`: sums that cannot be smaller."""

    def __init__(self, atoms: list[Hashable]) -> None:
        self.place = {atom: number for number, atom in enumerate(atoms)}
        self.known: dict[Atoms, int] = {}
        self.at_least: dict[Atoms, int] = {}

    def learn(self, atoms: Atoms, value: int) -> None:
        assert self.known.setdefault(atoms, value) == value, "one number is shown in two ways"

    def suspect(self, atoms: Atoms, least: int) -> None:
        self.at_least[atoms] = max(least, self.at_least.get(atoms, 0))

    def bounds(self, wanted: Atoms) -> tuple[float, float]:
        """The smallest and the largest value that all that is known allows."""
        return self._extreme(wanted, 1), -self._extreme(wanted, -1)

    def width(self, wanted: Atoms) -> float:
        low, high = self.bounds(wanted)
        return high - low

    def _extreme(self, wanted: Atoms, sign: int) -> float:
        found = linprog(
            sign * self._row(wanted),
            A_eq=self._rows(self.known),
            b_eq=list(self.known.values()) or None,
            A_ub=None if not self.at_least else -self._rows(self.at_least),
            b_ub=[-least for least in self.at_least.values()] or None,
            bounds=(0, None),
        )
        if found.status == 3:  # nothing holds it
            return -np.inf
        assert found.status == 0, found.message
        return found.fun

    def _rows(self, sums: Mapping[Atoms, int]) -> np.ndarray | None:
        return np.array([self._row(atoms) for atoms in sums]) if sums else None

    def _row(self, atoms: Atoms) -> np.ndarray:
        row = np.zeros(len(self.place))
        row[[self.place[atom] for atom in atoms]] = 1
        return row
