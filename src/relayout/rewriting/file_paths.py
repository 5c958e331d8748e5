"""Paths that code computes from its own place: adjusted so that they reach the same file.

Where a file or what it points to has moved, an expression such as ``Path(__file__).parents[1] /
"sql"`` or a call of a helper that walks upwards means something else than before. Both meanings are
computed without running anything; where they differ, the part that names the base is replaced, or
the part behind it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from posixpath import commonpath, dirname, relpath

from relayout.inventory.dbt import is_written_by_dbt
from relayout.inventory.evaluation import Evaluator
from relayout.inventory.expressions import Environment
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_meanings import Meaning, PathMeanings, bases_of
from relayout.inventory.path_values import FROM_FILE, ROOT, Unknown, repository_path
from relayout.notebook import is_notebook
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import Edit, Source, nodes_of
from relayout.tree import ancestors, is_within

KIND = "file-path"


class FilePathRewriter:
    """Adjusts the path expressions of one file that moves, or whose targets do."""

    def __init__(
        self,
        source: Source,
        analysis: PathAnalysis,
        after: PathAnalysis,
        path: str,
        destination: Destination,
        removed: Sequence[ast.AST],
        kept: Sequence[ast.stmt] = (),
    ) -> None:
        """Take a file in hand; ``removed`` are statements that go and need no adjusting.

        ``kept`` are path hacks that stay.
        """
        self.source = source
        self.path = path
        self.new_path = destination.of_file(path)
        self.destination = destination
        self.before = PathMeanings(analysis, {id(statement) for statement in kept})
        self.evaluator: Evaluator = analysis.evaluator
        self._module = analysis.module
        self._after: Evaluator = after.evaluator
        self.edits: list[Edit] = []
        self.replaced: list[ast.expr] = []
        self.pointless: list[ast.stmt] = []
        self.used: set[str] = set()
        self.findings: list[Finding] = []
        self.deferred: list[tuple[ast.expr, Meaning]] = []
        self.followed: set[int] = set()
        self._lost: set[str] = set()
        """Names whose values could not be spelled: nothing counts from them."""
        self._done = {id(node) for statement in removed for node in ast.walk(statement)}

    def rewrite(self) -> None:
        """Fill ``edits``, ``replaced`` (expressions that go), ``used`` (names) and ``findings``.

        ``pointless`` are statements that only called a helper, whose answer is now written out.
        ``followed`` are the ids of all that is right afterwards, ``deferred`` the expressions
        that a change of the literals in them may make right.
        """
        for expression in self.before.outermost:
            if id(expression) not in self._done | self.before.varying:
                self._done.update(id(node) for node in ast.walk(expression))
                self._adjust(expression)
        if self.new_path != self.path:
            self._report_unclear()

    def settle(self, told: Collection[int]) -> None:
        """Report the deferred expressions, except for those with one of these ids."""
        for expression, meaning in self.deferred:
            if id(expression) not in told:
                self._report(expression, meaning.path)
        self.deferred.clear()

    def _report_unclear(self) -> None:
        """Report uses of the file's place that no computed path accounts for."""
        known = {id(n) for e in self.before.outermost for n in ast.walk(e)}
        for node in nodes_of(self._module):
            if isinstance(node, ast.Name) and node.id == "__file__":
                if id(node) not in self._done | known:
                    message = "a path is computed from __file__ in a way that cannot be told"
                    advice = "The file has moved: check what the path leads to."
                    self.findings.append(
                        Finding("path-unclear", self.new_path, node.lineno, message, advice)
                    )

    def _adjust(self, expression: ast.expr) -> None:
        meaning = self.before.by_node[id(expression)]
        if meaning is None:
            return
        before = self.destination.before
        is_known = meaning.path in before or meaning.path in before.folders
        if isinstance(expression, ast.JoinedStr) and not is_known:
            return  # a text that begins with a path
        wanted = self._wanted(meaning.path)
        env = self.before.environments[id(expression)]
        self._mention_untracked(expression, meaning.path, wanted)
        *_, base = bases_of(expression, self.evaluator)
        old = self.before.by_node.get(id(base))
        place = None if old is None else self._wanted(old.path)
        is_right = wanted is not None and self._now(expression, env) == wanted
        if not is_right and (wanted is None or meaning.ends_in_slash):
            self.deferred.append((expression, meaning))
            if base is not expression and old is not None and place is not None:
                if self._now(base, env) != place:
                    self._replace_whole(base, old, place)
            return
        self.followed.update(id(node) for node in ast.walk(expression))
        if is_right or wanted is None:
            return
        if old is None or place is None or not is_within(meaning.path, old.path):
            self._replace_whole(expression, meaning, wanted)
            return
        rest = meaning.path[len(old.path) :].lstrip("/")
        base_is_right = self._now(base, env) == place
        if _join(place, rest) == wanted and not _climbs(expression, base):
            if not base_is_right:
                self._replace_whole(base, old, place)
        elif not (base_is_right and self._replace_rest(expression, base, place, wanted)):
            self._replace_whole(expression, meaning, wanted)

    def _mention_untracked(self, expression: ast.expr, path: str, wanted: str | None) -> None:
        """Report a path to something that git does not have, and so did not move along."""
        before = self.destination.before
        if wanted is None or wanted == path or path in before or path in before.folders:
            return
        if is_written_by_dbt(before, path):
            return
        message = f"{path} is not in git; it is looked for at {wanted} now"
        advice = "If the file is there, untracked, move it along."
        self.findings.append(
            Finding("untracked-file", self.new_path, expression.lineno, message, advice)
        )

    def _wanted(self, path: str) -> str | None:
        """Return where a path leads after the moves; what does not exist follows its folder."""
        before = self.destination.before
        if path in before:
            return self.destination.of_file(path)
        if path == dirname(self.path) and path:
            return dirname(self.new_path)
        if path in before.folders:
            return self.destination.of_folder(path)
        place = self.destination.of_untracked(path)
        if place != path:
            return place
        for folder in ancestors(path):
            if folder in before.folders:
                base = self._wanted(folder)
                return None if base is None else _join(base, path[len(folder) :].lstrip("/"))
        return path

    def _now(self, base: ast.expr, env: Environment) -> str | None:
        """Return what a base leads to after the moves, given that the names in it are right.

        A function of the file that only joins paths is adjusted in its own body.
        """
        if any(isinstance(n, ast.Call) and self.evaluator.calls_plain(n) for n in ast.walk(base)):
            old = self.before.by_node[id(base)]
            return None if old is None else self._wanted(old.path)
        try:
            return repository_path(self._after.value(base, self._environment_after(env)))
        except Unknown:
            return None

    def _environment_after(self, env: Environment) -> Environment:
        moved = Environment()
        for name, value in env.items():
            path = repository_path(value) if str(value).startswith("/") else None
            if path is None:
                moved[name] = value
                continue
            wanted = self._wanted(path)
            if wanted is None or name in self._lost:
                moved[name] = Unknown
            else:
                moved[name] = type(value)(str(ROOT / wanted))
        return moved

    def _replace_rest(self, expression: ast.expr, base: ast.expr, place: str, wanted: str) -> bool:
        """Change what is joined to a base that is right, where only the file at the end moved."""
        if base is expression or not is_within(wanted, place):
            return False
        text = self._joined(expression, base, wanted[len(place) :].lstrip("/"))
        if text is None:
            return False
        self._replace(expression, text)
        self.used.update(n.id for n in ast.walk(base) if isinstance(n, ast.Name))
        return True

    def _joined(self, expression: ast.expr, base: ast.expr, rest: str) -> str | None:
        """Return the text of an expression that joins ``rest`` to its base, or None."""
        start, end = self.source.span(base)
        before = self.source.text[self.source.span(expression)[0] : start]
        text = self.source.text[start:end]
        if isinstance(expression, ast.BinOp) and not before.strip("( \t\r\n"):
            is_text = isinstance(expression.op, ast.Add)
            return f"{text} + {_literal(f'/{rest}')}" if is_text else f"{text} / {_literal(rest)}"
        if isinstance(expression, ast.Call) and expression.args and base is expression.args[0]:
            return f"{before}{text}, {_literal(rest)})"
        return None

    def _replace_whole(self, expression: ast.expr, meaning: Meaning, wanted: str) -> None:
        if id(expression) in self.before.calls and not is_notebook(self.path):
            self.pointless.append(self.before.calls[id(expression)])
            return
        text = self._spell(wanted, meaning.is_text)
        if text is None:
            self._lost.update(self._named_after(expression))
            self._report(expression, meaning.path)
            return
        self._replace(expression, text)

    def _named_after(self, expression: ast.expr) -> Iterator[str]:
        """Yield the names that are bound to the value of an expression."""
        for node in nodes_of(self._module):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is expression:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                yield from (target.id for target in targets if isinstance(target, ast.Name))

    def _replace(self, expression: ast.expr, text: str) -> None:
        """Put another expression in the place of one, in parentheses where it would fall apart."""
        start, end = self.source.span(expression)
        is_operation = isinstance(ast.parse(f"({text}\n)", mode="eval").body, ast.BinOp)
        if is_operation and id(expression) in self._tightly_bound:
            text = f"({text})"
        self.edits.append(Edit(start, end, text, KIND))
        self.replaced.append(expression)

    @cached_property
    def _tightly_bound(self) -> frozenset[int]:
        """Ids of the expressions in whose place a division needs parentheses.

        They are what binds more tightly than ``/``, and what stands to the right of an operator
        (https://docs.python.org/3/reference/expressions.html#operator-precedence). An operation
        that stands there has its parentheses already.
        """
        found: set[int] = set()
        for node in nodes_of(self._module):
            match node:
                case ast.Attribute(value=inner) | ast.Subscript(value=inner):
                    found.add(id(inner))
                case ast.Call(func=inner) | ast.Await(value=inner) | ast.UnaryOp(operand=inner):
                    found.add(id(inner))
                case ast.BinOp(left=left, op=operator, right=right):
                    found.add(id(right))
                    if isinstance(operator, ast.Pow):
                        found.add(id(left))
        operations = {id(n) for n in nodes_of(self._module) if isinstance(n, ast.BinOp)}
        return frozenset(found - operations)

    def _spell(self, wanted: str, is_text: bool) -> str | None:
        """Return an expression that reaches a path from this file, with names that it has."""
        folder = dirname(self.new_path)
        above = "" if not folder or not wanted else commonpath([folder, wanted])
        climb = len(folder.split("/")) - (len(above.split("/")) if above else 0) if folder else 0
        rest = wanted[len(above) :].lstrip("/")
        from_file = self.evaluator.local_name(FROM_FILE) if is_text else None
        if from_file:
            self.used.add(from_file.partition(".")[0])
            return f"{from_file}(__file__, {_literal(relpath(wanted or '.', folder or '.'))})"
        constructor = self.evaluator.local_name("pathlib.Path")
        if constructor:
            self.used.add(constructor.partition(".")[0])
            if is_notebook(self.path):
                base = f"{constructor}.cwd(){_upwards(climb - 1)}"
            else:
                base = f"{constructor}(__file__).resolve(){_upwards(climb)}"
            text = f"{base} / {_literal(rest)}" if rest else base
            return f"str({text})" if is_text else text
        return self._spell_text(climb, rest) if is_text else None

    def _spell_text(self, climb: int, rest: str) -> str | None:
        """Return such an expression by the functions of ``os``, as the file's imports name them."""
        in_notebook = is_notebook(self.path)
        here = self.evaluator.local_name("os.getcwd" if in_notebook else "os.path.dirname")
        join = self.evaluator.local_name("os.path.join")
        whole = map(self.evaluator.local_name, ("os.path.abspath", "os.path.realpath"))
        absolute = next(filter(None, whole), "")
        if not here or not join:
            return None
        self.used.update(name.partition(".")[0] for name in (here, join, absolute) if name)
        parts = [f"{here}({'' if in_notebook else '__file__'})", *['".."'] * climb]
        parts += [_literal(part) for part in rest.split("/") if part]
        joined = f"{join}({', '.join(parts)})"
        return f"{absolute}({joined})" if absolute else joined

    def _report(self, expression: ast.expr, path: str) -> None:
        self.findings.append(
            Finding(
                "path-not-followed",
                self.new_path,
                expression.lineno,
                f"this path meant {path or 'the root of the repository'} and is now another",
                "Correct the expression by hand.",
            )
        )


def _upwards(steps: int) -> str:
    """Return what leads from a path so many folders further up than its parent; -1 is itself."""
    if steps < 0:
        return ""
    return f".parents[{steps}]" if steps else ".parent"


def _climbs(expression: ast.expr, base: ast.expr) -> bool:
    """Tell whether what is joined to a base leads upwards: then the base alone decides nothing."""
    in_base = {id(node) for node in ast.walk(base)}
    return any(
        (isinstance(n, ast.Constant) and isinstance(n.value, str) and ".." in n.value.split("/"))
        or (isinstance(n, ast.Attribute) and n.attr == "pardir")
        for n in ast.walk(expression)
        if id(n) not in in_base
    )


def _join(folder: str, rest: str) -> str:
    return f"{folder}/{rest}" if folder and rest else folder or rest


def _literal(text: str) -> str:
    """Return a literal of a path, in double quotes, whatever characters it has."""
    return json.dumps(text, ensure_ascii=False)
