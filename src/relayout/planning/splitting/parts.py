"""Which part of a module each unit goes to.

Definitions for their own sake make the parts. What supports them goes with the one part that uses
it; what several share has a part of its own. No part may need another one that needs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from relayout.planning.sections import MAIN
from relayout.planning.splitting.units import Unit

_DEFINITIONS = "definitions"


class Parts:
    """The part of each unit, by its number; a part is named by its section.

    ``stays`` is the section of what stays in the module; the module ``mixes`` if definitions of
    several sections stand for themselves in it, together or not.
    """

    def __init__(self, units: Sequence[Unit], stem: str) -> None:
        self._units = units
        self._owner = {name: n for n, unit in enumerate(units) for name in unit.names}
        self._uses = [{self._owner[name] for name in unit.reads} for unit in units]
        self._sections = [unit.section for unit in units]
        self._release_weak()
        self.mixes = len(self._lines()) > 1
        self.stays = _staying(self._lines(), stem)
        self.of_unit: list[str] = []
        if self.stays:
            self.of_unit = self._assigned()
            self._place_unused()
            self._join_cycles()

    @property
    def sections(self) -> list[str]:
        """The sections of the parts, that of what stays first, then in order of the source."""
        return list(dict.fromkeys([self.stays, *self.of_unit])) if self.stays else []

    def _lines(self) -> Counter[str]:
        lines: Counter[str] = Counter()
        for unit, section in zip(self._units, self._sections, strict=True):
            lines[section] += unit.lines if section else 0
        return +lines

    # -- who uses what

    def _users(self, firm: Collection[int]) -> list[set[str]]:
        """Return the sections of definitions that use each unit, through support if need be."""
        users: list[set[str]] = [set() for _ in self._units]
        pending = [(used, self._sections[user]) for user in firm for used in self._uses[user]]
        while pending:
            unit, section = pending.pop()
            if section not in users[unit]:
                users[unit].add(section)
                if unit not in firm:
                    pending.extend((used, section) for used in self._uses[unit])
        return users

    def _release_weak(self) -> None:
        """Take ops and graphs that only assets are made of for support."""
        firm = {n for n, u in enumerate(self._units) if u.section and not u.is_weak}
        users = self._users(firm)
        for number, unit in enumerate(self._units):
            if unit.is_weak and len(users[number]) == 1 and "jobs" not in users[number]:
                self._sections[number] = ""

    def _assigned(self) -> list[str]:
        firm = {n for n, section in enumerate(self._sections) if section}
        users = self._users(firm)
        found = []
        for number, unit in enumerate(self._units):
            using = users[number]
            own = self._sections[number]
            found.append(own or (min(using) if len(using) == 1 else unit.shelf if using else ""))
        shared = {n for n, part in enumerate(found) if part not in MAIN and part}
        self._gather(found, shared)
        return found

    def _gather(self, found: list[str], shared: Collection[int]) -> None:
        """Let what only one shelf uses stand on that shelf."""
        users: dict[int, list[int]] = {number: [] for number in shared}
        for user, uses in enumerate(self._uses):
            for number in uses & users.keys():
                users[number].append(user)
        pending = sorted(shared)
        for _ in range(4 * len(pending)):  # two may ask for each other's place for ever
            if not pending:
                break
            number = pending.pop()
            using = {found[user] for user in users[number]}
            only = min(using) if len(using) == 1 else ""
            if only not in ("", found[number], *MAIN):
                found[number] = only
                pending.extend(self._uses[number] & users.keys())

    # -- what nothing uses

    def _place_unused(self) -> None:
        """Let what no part uses stay; where that makes a circle, let it go to what needs the most.

        The latter needs all others that it reads, so nothing is asked of it that is not asked yet.
        """
        unused = {number for number, part in enumerate(self.of_unit) if not part}
        reads = self._parts_read_by(unused)
        for number in unused:
            self.of_unit[number] = self.stays
        reached = self._reached_parts(unused)
        for number in sorted(unused):
            read = reads[number]
            if any(self.stays in reached[part] for part in read - {self.stays}):
                tops = [part for part in sorted(read) if read - {part} <= reached[part]]
                self.of_unit[number] = tops[0] if tops else self.stays

    def _parts_read_by(self, units: Collection[int]) -> dict[int, set[str]]:
        """Return the parts that some units read, directly or through each other."""
        reads: dict[int, set[str]] = {unit: set() for unit in units}
        readers: dict[int, list[int]] = {unit: [] for unit in units}
        pending: list[tuple[int, str]] = []
        for unit in units:
            for used in self._uses[unit]:
                if used in reads:
                    readers[used].append(unit)
                else:
                    pending.append((unit, self.of_unit[used]))
        while pending:
            unit, part = pending.pop()
            if part not in reads[unit]:
                reads[unit].add(part)
                pending.extend((reader, part) for reader in readers[unit])
        return reads

    def _reached_parts(self, without: Collection[int] = ()) -> dict[str, set[str]]:
        """Return the parts that each part needs, directly or not, leaving some units out."""
        needs: dict[str, set[str]] = {part: set() for part in self.of_unit}
        for number, part in enumerate(self.of_unit):
            if number not in without:
                needs[part] |= {self.of_unit[n] for n in self._uses[number]} - {part}
        needs.setdefault(self.stays, set())
        return {part: _reached(part, needs) for part in needs}

    def _join_cycles(self) -> None:
        """Put parts together that need each other."""
        reached = self._reached_parts()
        lines = self._lines()
        for part in dict.fromkeys(self.of_unit):
            circle = [p for p in reached[part] if part in reached[p]] if part in reached else []
            if circle:
                kept = max(
                    sorted({*circle, part}),
                    key=lambda p: (p == self.stays, p in MAIN, lines[p], p == "utils"),
                )
                self.of_unit = [kept if p in circle else p for p in self.of_unit]


def _reached(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    pending = list(needs[start])
    while pending:
        part = pending.pop()
        if part not in seen:
            seen.add(part)
            pending.extend(needs.get(part, ()))
    return seen


def says(stem: str, section: str) -> bool:
    """Tell whether the last word of a module's name is that of a section, in any number."""
    return stem.lower().rpartition("_")[2].rstrip("s") == section.rstrip("s")


def _staying(lines: Mapping[str, int], stem: str) -> str:
    """Return the section that stays in the module: the one it is named for, else the largest.

    A Definitions object stays only where it is looked for by name, in ``definitions.py``.
    """
    if stem == _DEFINITIONS and _DEFINITIONS in lines:
        return _DEFINITIONS
    sections = [section for section in MAIN if section in lines and section != _DEFINITIONS]
    named = [section for section in sections if says(stem, section)]
    return max(named or sections, key=lambda section: lines[section], default="")
