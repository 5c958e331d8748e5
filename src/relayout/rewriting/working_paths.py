"""Literals that are paths, or the beginnings of paths, which the code of one file opens.

A path counts from the current folder, which is taken to be the root of the repository unless a
runner file says otherwise, or from a folder that the code computes. A literal is changed if every
path that it becomes part of is right afterwards; else a finding says what could not be followed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import normpath, relpath

from relayout.inventory import Inventory
from relayout.inventory.dbt import territory
from relayout.inventory.path_consumers import Wanted
from relayout.inventory.path_readings import Reading, Written, reader_of, written_path
from relayout.inventory.path_texts import CURRENT, Literal, PathTexts
from relayout.inventory.path_uses import PathUse, is_text, uses_in
from relayout.inventory.paths_of_tests import is_test
from relayout.planning.plan import Finding
from relayout.rewriting.command_words import follows_option, is_command, words_in
from relayout.rewriting.destination import Destination
from relayout.rewriting.literal_parts import part_of_literal
from relayout.rewriting.path_places import Places
from relayout.source import Edit, Source, nodes_of
from relayout.tree import is_within

KIND = "working-path"

_BY_HAND = "Change the string by hand."


@dataclass(slots=True)
class FollowedPaths:
    """What was made of a file's literals.

    ``settled`` are (line, text) of strings of which nothing more is to be said, ``told`` the ids of
    expressions whose literal is right, or was made so.
    """

    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    settled: set[tuple[int, str]] = field(default_factory=set)
    told: set[int] = field(default_factory=set)


class WorkingPathRewriter:
    """Follows the path literals of one file.

    ``constants`` are the new places of folders that constants of other modules name, ``done`` the
    ids of nodes that were followed before, ``deferred`` those of expressions that were not and will
    be reported unless they are right in the end; ``seen`` gives the names that other files use.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        source: Source,
        module: ast.Module,
        path: str,
        inventory: Inventory,
        destination: Destination,
        texts: PathTexts,
        constants: Mapping[str, str],
        done: Collection[int],
        deferred: Collection[int],
        seen: Callable[[], Collection[str]],
    ) -> None:
        self.source = source
        self.module = module
        self.path = path
        self.new_path = destination.of_file(path)
        self.inventory = inventory
        self.destination = destination
        self.reader = reader_of(destination.before)
        self.after = reader_of(destination.tree)
        self.places = Places(path, module, texts, inventory, destination, constants)
        self.texts = texts
        self.made = FollowedPaths()
        self._done = done
        self._deferred = deferred
        self._seen = seen
        self._is_test = is_test(path)
        self._from_current: dict[int, str] = {}

    def rewrite(self) -> FollowedPaths:
        """Return the edits and findings about the file's literals."""
        by_literal: dict[int, list[PathUse]] = {}
        for use in uses_in(self.module, self.texts):
            if id(use.node) not in self._done and id(use.text.literal) not in self._done:
                by_literal.setdefault(id(use.text.literal), []).append(use)
        for uses in by_literal.values():
            if uses[0].text.own.strip("./\\"):  # else it only climbs: what is around it decides
                self._follow(uses)
        self._settle_followed()
        is_in, was_in = map(self.destination.source_of, (self.new_path, self.path))
        if is_in is not None and was_in is None:
            self._report_current_folder()
        return self.made

    def _settle_followed(self) -> None:
        """Note the strings that need nothing more: followed before, or docstrings."""
        nodes = nodes_of(self.module)
        for node in nodes:
            if isinstance(node, ast.Constant) and id(node) in self._done:
                self.made.settled.add((node.lineno, str(node.value)))
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                self.made.settled.add((node.lineno, str(node.value.value)))
        lines = {line for line, _ in self.made.settled}
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in ("cwd", "getcwd"):
                if id(node) in self._done and node.lineno in lines:
                    self._from_current.setdefault(node.lineno, "")

    # -- one literal

    def _follow(self, uses: Sequence[PathUse]) -> None:
        literal = uses[0].text.literal
        assert literal is not None
        if all(is_text(use) for use in uses):
            if not any(isinstance(self._parent(u), ast.Dict | ast.Compare) for u in uses):
                self._settle(literal, uses[0])
            return
        commands = [use for use in uses if is_command(use) and _is_whole(use, literal)]
        if commands:
            self._follow_words(literal, commands[0])
            return
        if not any(self._names_something(use) for use in uses if not is_text(use)):
            return
        concerned = self._concerned(uses)
        if self._is_from_other_folder(literal, uses, concerned):
            return
        readings = [(use, self._reading(use)) for use in concerned]
        known = [(use, reading) for use, reading in readings if reading is not None]
        if not known:
            return
        problem = self._ambiguity(known)
        if not self._is_path(uses, known):
            if self._looks_like_path(known):
                self._report(literal, known[0][0], problem or self._went(known, "may name"))
            return
        self._note_current(known)
        if problem is None:
            if self._change(literal, known):
                self._settle_uses(uses)
        elif any(reading.is_exact or reading.is_pattern for _, reading in known):
            self._report(literal, known[0][0], problem)
        self._settle(literal, concerned[0])

    def _names_something(self, use: PathUse) -> bool:
        return self._reading(use) is not None or self.places.lost_from(use) is not None

    def _is_from_other_folder(
        self, literal: Literal, uses: Sequence[PathUse], concerned: Sequence[PathUse]
    ) -> bool:
        """Tell whether a path leads to its file from another folder than the root alone.

        Such a path is not changed; it is reported if it leads elsewhere now.
        """
        readings = [self._reading(use) for use in concerned]
        if any(reading is not None and reading.is_exact for reading in readings):
            return False
        found = [(use, self.places.lost_from(use)) for use in concerned]
        lost = [(use, other) for use, other in found if other is not None]
        if not lost or not any(use.wanted in _OPENS or use.text.is_path for use in uses):
            return False
        for use, other in lost:
            self._from_current.setdefault(use.node.lineno, other.folder)
            if other.text != "":
                went = "whose files have different places now"
                if other.text is not None:
                    went = f"and would have to be {other.text}"
                self._report(literal, use, f"names {other.reading.paths[0]}, {went}")
                break
        self._settle(literal, lost[0][0])
        return True

    def _concerned(self, uses: Sequence[PathUse]) -> list[PathUse]:
        """Return the uses that decide: what a name is given counts through the name's own uses."""
        opened = [use for use in uses if not is_text(use)]
        own = [use for use in opened if not use.bound]
        outside = [use for use in opened if use.bound and use.visible_as in self._seen()]
        return [*own, *outside] or opened

    def _reading(self, use: PathUse) -> Reading | None:
        folder = self.places.before(use)
        return None if folder is None else self.reader.read(use, folder)

    def _is_path(self, uses: Sequence[PathUse], known: Sequence[tuple[PathUse, Reading]]) -> bool:
        """Tell whether a literal is a path: one is wanted there, or it can be nothing else.

        In a test, a text may be what a program is expected to give back.
        """
        if id(uses[0].text.literal) in self.texts.tails:
            return False
        if any(use.text.base is None for use, _ in known):
            return all(r.is_exact and r.is_file and "/" in use.text.text for use, r in known)
        if any(use.wanted in _SURE or use.text.is_path for use in uses):
            return True
        has_hint = any(u.hint or u.wanted in (Wanted.DEFAULT, Wanted.WORDS) for u in uses)
        for use, reading in known:
            if reading.is_exact and self._is_wanted_folder(uses, use, reading):
                return True
            if "/" in use.text.text.replace("\\", "/").strip("/"):
                is_named = reading.is_file and not self._is_test
                if reading.is_exact and (is_named or has_hint):
                    return True
            elif reading.is_file and any(use.wanted is Wanted.WORDS for use in uses):
                return True
        return False

    def _is_wanted_folder(self, uses: Sequence[PathUse], use: PathUse, reading: Reading) -> bool:
        """Tell whether a bare word is a folder: one is wanted there, or it is a dbt project's."""
        if any(follows_option(one, self.texts.bindings.parents) for one in uses):
            return True
        is_project = reading.paths[0] in territory(self.destination.before).folders
        return is_project and (use.text.text.endswith("/") or any(one.hint for one in uses))

    def _looks_like_path(self, known: Sequence[tuple[PathUse, Reading]]) -> bool:
        """Tell whether a text that is not all known finds files that moved, if it is a path."""
        return any(
            reading.is_pattern and "/" in use.text.own and self._is_moved([(use, reading)])
            for use, reading in known
            if id(use.text.literal) not in self.texts.tails
        )

    def _is_moved(self, known: Sequence[tuple[PathUse, Reading]]) -> bool:
        return any(not self._is_there(r, path) for _, r in known for path in r.paths)

    def _is_there(self, reading: Reading, path: str) -> bool:
        """Tell whether a path is still found: where it was, or elsewhere below the named folder."""
        place = self.places.reached(reading, path)
        folder = reading.own.rstrip("/")
        is_below = bool(folder) and place is not None and is_within(place, folder)
        return place == path or (self.destination.is_rearranged and is_below and folder != path)

    def _ambiguity(self, known: Sequence[tuple[PathUse, Reading]]) -> str | None:
        """Return why it cannot be told what the uses of a literal name, or None."""
        problems = [self.places.problem(use, reading) for use, reading in known]
        return next((problem for problem in problems if problem is not None), None)

    def _change(self, literal: Literal, known: Sequence[tuple[PathUse, Reading]]) -> bool:
        """Change a literal so that all its uses are right, or report that this cannot be.

        Return whether they are right then.
        """
        written = written_path(known[0][0])
        assert written is not None
        wanted = {self._wanted(use, reading) for use, reading in known}
        text = wanted.pop() if len(wanted) == 1 else None
        if text is not None and normpath(text) == normpath(written.text):
            return True
        part = None
        if text and self._reads_same(known, written, text):
            part = part_of_literal(self.source, literal, known[0][0].text.own, written, text)
        if part is not None:
            self.made.edits.append(Edit(*part, KIND))
        elif self._is_moved(known):
            self._report(literal, known[0][0], self._went(known))
        return part is not None

    def _settle_uses(self, uses: Sequence[PathUse]) -> None:
        """Remember that the expressions that a literal is used in are right."""
        for use in uses:
            self.made.told.update(id(node) for node in ast.walk(use.node))

    def _wanted(self, use: PathUse, reading: Reading) -> str | None:
        """Return what a literal has to say after the moves for one use of it, or None."""
        base = self.places.after(use)
        found = {self._beginning(use, reading, path, base) for path in reading.paths}
        return found.pop() if len(found) == 1 else None

    def _beginning(self, use: PathUse, reading: Reading, path: str, base: str | None) -> str | None:
        """Return what a literal has to say so that one of the paths that it names is reached."""
        own, place = reading.own, self.places.reached(reading, path)
        if place is None or base is None:
            return None
        counted = relpath(place or ".", base) if base else place
        if len(own) > len(path):
            return counted + own[len(path) :] if own.startswith(path) else None
        if use.wanted is Wanted.RESOURCE and counted.startswith(".."):
            return None  # a resource is below its package
        tail = path[len(own) :]
        if not path.startswith(own) or not counted.endswith(tail):
            return None
        return counted[: len(counted) - len(tail)]

    def _reads_same(
        self, known: Sequence[tuple[PathUse, Reading]], written: Written, text: str
    ) -> bool:
        """Tell whether a pattern finds what it found, and nothing that stands there as well."""
        for use, reading in known:
            if reading.is_pattern and use.wanted is Wanted.PATTERN:
                found = self.after.matches(use, written, text, self.places.after(use) or "")
                if found != {self.places.of(path) for path in reading.paths}:
                    return False
        return True

    # -- commands

    def _follow_words(self, literal: Literal, use: PathUse) -> None:
        """Change the words of a command that are paths of what moved."""
        if use.has_own_folder or use.text.base is None:
            return
        for word in words_in(use):
            reading = self._reading(word.use)
            if reading is None or not word.is_path(reading):
                continue
            known = [(word.use, reading)]
            self._note_current(known)
            problem = self._ambiguity(known)
            if problem is None:
                self._change_word(literal, use, (word.start, word.use), reading)
            else:
                self._report(literal, word.use, problem)

    def _change_word(
        self, literal: Literal, use: PathUse, at: tuple[int, PathUse], reading: Reading
    ) -> None:
        start, word = at
        written, text = written_path(word), self._wanted(word, reading)
        if written is None or text == written.text:
            return
        whole = Written(start + written.start, written.text, written.backslashes)
        part = part_of_literal(self.source, literal, use.text.own, whole, text) if text else None
        if part is None:
            self._report(literal, word, self._went([(word, reading)]))
        else:
            self.made.edits.append(Edit(*part, KIND))

    # -- what people are told

    def _note_current(self, known: Sequence[tuple[PathUse, Reading]]) -> None:
        for use, _ in known:
            if use.text.base == CURRENT and use.wanted is not Wanted.RESOURCE:
                self._from_current.setdefault(use.node.lineno, self.places.current or "")

    def _report_current_folder(self) -> None:
        message = "a path on this line counts from the current folder: it leads to its file only "
        advice = "Start it there, or compute the path from __file__."
        for line, folder in self._from_current.items():
            where = folder or "the root of the repository"
            told = f"{message}if the program is started in {where}"
            finding = Finding("path-from-current-folder", self.new_path, line, told, advice)
            self.made.findings.append(finding)

    def _went(self, known: Sequence[tuple[PathUse, Reading]], does: str = "names") -> str:
        path = next(
            (path for _, r in known for path in r.paths if self.places.reached(r, path) != path),
            known[0][1].paths[0],
        )
        place = self.places.of(path)
        if place is None:
            return f"{does} {path}, whose files have different places now"
        return f"{does} {path}, now {place}, and could not be changed for every use of it"

    def _report(self, literal: Literal, use: PathUse, problem: str) -> None:
        if any(id(node) in self._deferred for node in ast.walk(use.node)):
            return  # it is reported as a computed path
        message = f'the string "{use.text.own}" {problem}'
        line, path = literal.lineno, self.new_path
        if use.text.base in (CURRENT, None):
            finding = Finding("reference-not-followed", path, line, message, _BY_HAND)
        else:
            finding = Finding("path-not-followed", path, line, message, _BY_HAND)
        self.made.findings.append(finding)
        self._settle(literal, use)

    def _settle(self, literal: Literal, use: PathUse) -> None:
        """Remember that all was said about a literal."""
        value = literal.value if isinstance(literal, ast.Constant) else use.text.own
        self.made.settled.add((literal.lineno, str(value)))

    def _parent(self, use: PathUse) -> ast.AST | None:
        return self.texts.bindings.parents.get(id(use.node))


def _is_whole(use: PathUse, literal: Literal) -> bool:
    """Tell whether a use is that of a literal as it stands, by a name for it perhaps."""
    if use.node is literal:
        return True
    return isinstance(literal, ast.Constant) and use.text.text == literal.value


_SURE = frozenset({Wanted.PATH, Wanted.PATTERN, Wanted.RESOURCE})
_OPENS = _SURE | {Wanted.WORDS, Wanted.DEFAULT}
