"""Paths that code computes from its own place: adjusted so that they reach the same file.

Where a file or what it points to has moved, an expression such as ``Path(__file__).parents[1] / "sql"`` or a
call of a helper that walks upwards means something else than before. Both meanings are computed without running
anything; where they differ, the part that names the base is replaced, or the part behind it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import commonpath, dirname

from relayout.inventory.evaluation import Environment, Evaluator
from relayout.inventory.path_hacks import PathAnalysis, added_expression
from relayout.inventory.path_values import LocalFunction, Unknown, Value, repository_path
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import Edit, Source
from relayout.tree import ancestors

KIND = "file-path"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What an expression evaluated to: a repository path, as text or as a Path object."""

    path: str
    is_text: bool


class _Meanings:
    """The meaning of every path expression of a file, by node."""

    def __init__(self, analysis: PathAnalysis) -> None:
        self.analysis = analysis
        self.by_node: dict[int, _Meaning | None] = {}
        self.varying: set[int] = set()
        self.outermost: list[ast.expr] = []
        self.calls: dict[int, ast.stmt] = {}
        self.analysis.follow(self._observe)

    def _observe(self, statement: ast.stmt, env: Environment) -> None:
        if added_expression(self.analysis.evaluator, statement) is not None:
            return
        if isinstance(statement, ast.Expr):
            self.calls[id(statement.value)] = statement
        for expression in _own_expressions(statement):
            self._look(expression, env)

    def _look(self, expression: ast.expr, env: Environment) -> None:
        """Record the outermost path expressions in an expression, with their bases."""
        if _is_path_code(expression, env):
            if self._meaning(expression, env) is not None or id(expression) in self.by_node:
                if id(expression) not in self.by_node:
                    self.outermost.append(expression)
                for base in _bases(expression, self.analysis.evaluator):
                    self._record(base, self._meaning(base, env))
                return
        for child in ast.iter_child_nodes(expression):
            if isinstance(child, ast.keyword):
                self._look(child.value, env)
            elif isinstance(child, ast.expr) and not isinstance(child, ast.JoinedStr):
                self._look(child, env)

    def _record(self, node: ast.expr, meaning: _Meaning | None) -> None:
        """Remember a meaning; an expression in a loop that means several things means none."""
        if self.by_node.setdefault(id(node), meaning) != meaning:
            self.varying.add(id(node))

    def _meaning(self, expression: ast.expr, env: Environment) -> _Meaning | None:
        try:
            value: Value = self.analysis.evaluator.value(expression, Environment(env))
        except Unknown:
            return None
        if not isinstance(value, str | PurePosixPath) or not str(value).startswith("/"):
            return None
        path = repository_path(value)
        return None if path is None else _Meaning(path, isinstance(value, str))


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
    ) -> None:
        """``removed`` are statements that go for another reason and need no adjusting."""
        self.source = source
        self.path = path
        self.new_path = destination.of_file(path)
        self.destination = destination
        self.before = _Meanings(analysis)
        self.after = _Meanings(after)
        self.evaluator: Evaluator = self.before.analysis.evaluator
        self.edits: list[Edit] = []
        self.replaced: list[ast.expr] = []
        self.pointless: list[ast.stmt] = []
        self.used: set[str] = set()
        self.findings: list[Finding] = []
        self._done = {id(node) for statement in removed for node in ast.walk(statement)}

    def rewrite(self) -> None:
        """Fill ``edits``, ``replaced`` (expressions that go), ``used`` (names) and ``findings``.

        ``pointless`` are statements that only called a helper, whose answer is now written out.
        """
        varying = self.before.varying | self.after.varying
        for expression in self.before.outermost:
            if id(expression) not in self._done | varying:
                self._done.update(id(node) for node in ast.walk(expression))
                self._adjust(expression)

    def _adjust(self, expression: ast.expr) -> None:
        meaning = self.before.by_node[id(expression)]
        if meaning is None:
            return
        wanted = self._wanted(meaning.path)
        if wanted is None:
            self._report(expression, meaning.path)
            return
        bases = list(_bases(expression, self.evaluator))
        for base in reversed(bases):
            if self._replace_base(expression, base, meaning, wanted):
                return
        if not self._replace_rest(expression, bases, wanted):
            self._replace_whole(expression, meaning, wanted)

    def _wanted(self, path: str) -> str | None:
        """Return where a path leads after the moves; what does not exist follows its folder."""
        before = self.destination.before
        if path in before:
            return self.destination.of_file(path)
        if path == dirname(self.path) and path:
            return dirname(self.new_path)
        if path in before.folders:
            return self.destination.of_folder(path)
        for folder in ancestors(path):
            if folder in before.folders:
                base = self._wanted(folder)
                return None if base is None else _join(base, path[len(folder) :].lstrip("/"))
        return path

    def _now(self, expression: ast.expr) -> str | None:
        meaning = self.after.by_node.get(id(expression))
        return None if meaning is None else meaning.path

    def _depends_on_place(self, expression: ast.expr) -> bool:
        return _names_file(expression) or any(
            isinstance(n, ast.Call) and self.evaluator.calls_for_place(n)
            for n in ast.walk(expression)
        )

    def _replace_base(
        self, expression: ast.expr, base: ast.expr, meaning: _Meaning, wanted: str
    ) -> bool:
        """Make the base lead where it led; true if then the whole leads where it should."""
        old = self.before.by_node.get(id(base))
        if old is None:
            return False
        place = self._wanted(old.path)
        rest = meaning.path[len(old.path) :].lstrip("/") if old.path else meaning.path
        if place is None or not _is_within(meaning.path, old.path):
            return False
        if _join(place, rest) != wanted:
            return False
        if not self._depends_on_place(base) or self._now(base) == place:
            return not self._depends_on_place(base) or self._now(base) == place
        return self._replace_whole(base, old, place)

    def _replace_rest(self, expression: ast.expr, bases: list[ast.expr], wanted: str) -> bool:
        """Change what is joined to a base, where only the file at the end has moved."""
        for base in bases[1:]:
            old = self.before.by_node.get(id(base))
            place = None if old is None else self._wanted(old.path)
            if place is None or not _is_within(wanted, place) or old is None:
                continue
            if self._depends_on_place(base) and self._now(base) != place:
                continue
            text = self._joined(expression, base, wanted[len(place) :].lstrip("/"))
            if text is not None:
                start, end = self.source.span(expression)
                self.edits.append(Edit(start, end, text, KIND))
                self.replaced.append(expression)
                self.used.update(n.id for n in ast.walk(base) if isinstance(n, ast.Name))
                return True
        return False

    def _joined(self, expression: ast.expr, base: ast.expr, rest: str) -> str | None:
        """Return the text of an expression that joins ``rest`` to its base, or None."""
        start, end = self.source.span(base)
        before = self.source.text[self.source.span(expression)[0] : start]
        text = self.source.text[start:end]
        if isinstance(expression, ast.BinOp) and not before.strip("( \t\r\n"):
            return f'{text} / "{rest}"'
        if isinstance(expression, ast.Call) and expression.args and base is expression.args[0]:
            return f'{before}{text}, "{rest}")'
        return None

    def _replace_whole(self, expression: ast.expr, meaning: _Meaning, wanted: str) -> bool:
        if id(expression) in self.before.calls:
            self.pointless.append(self.before.calls[id(expression)])
            return True
        text = self._spell(wanted, meaning.is_text)
        if text is None:
            self._report(expression, meaning.path)
            return True
        start, end = self.source.span(expression)
        self.edits.append(Edit(start, end, text, KIND))
        self.replaced.append(expression)
        return True

    def _spell(self, wanted: str, is_text: bool) -> str | None:
        """Return an expression that reaches a path from this file, with names that it has."""
        folder = dirname(self.new_path)
        above = "" if not folder or not wanted else commonpath([folder, wanted])
        climb = len(folder.split("/")) - (len(above.split("/")) if above else 0) if folder else 0
        rest = wanted[len(above) :].lstrip("/")
        constructor = self.evaluator.local_name("pathlib.Path")
        if constructor:
            self.used.add(constructor.partition(".")[0])
            base = f"{constructor}(__file__).resolve()"
            base += ".parent" if climb == 0 else f".parents[{climb}]"
            text = f'{base} / "{rest}"' if rest else base
            return f"str({text})" if is_text else text
        module = self.evaluator.local_name("os")
        if module and is_text:
            self.used.add(module)
            parts = [f"{module}.path.dirname(__file__)", *['".."'] * climb]
            parts += [f'"{part}"' for part in rest.split("/") if part]
            return f"{module}.path.abspath({module}.path.join({', '.join(parts)}))"
        return None

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


def _own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield the expressions of a statement itself, not of the statements inside it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.withitem):
            yield child.context_expr


def _names_file(expression: ast.expr) -> bool:
    return any(isinstance(n, ast.Name) and n.id == "__file__" for n in ast.walk(expression))


def _is_path_code(expression: ast.expr, env: Environment) -> bool:
    """Tell whether an expression computes a path: from ``__file__``, a helper or a known path."""
    if isinstance(expression, ast.Name) or not isinstance(
        expression, ast.BinOp | ast.Call | ast.Attribute | ast.Subscript
    ):
        return False
    if _names_file(expression):
        return True
    return any(
        isinstance(n, ast.Name)
        and isinstance(n.ctx, ast.Load)
        and (
            isinstance(env.get(n.id), PurePosixPath | LocalFunction)
            or (isinstance(env.get(n.id), str) and str(env[n.id]).startswith("/"))
        )
        for n in ast.walk(expression)
    )


def _bases(expression: ast.expr, evaluator: Evaluator) -> Iterator[ast.expr]:
    """Yield an expression and what it joins something to, the outermost first."""
    yield expression
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Div):
        yield from _bases(expression.left, evaluator)
    elif isinstance(expression, ast.Call):
        name = evaluator.qualified(expression.func)
        if name == "os.path.join" and expression.args:
            yield from _bases(expression.args[0], evaluator)
        elif name in ("str", "os.path.abspath", "os.path.normpath", "os.path.realpath"):
            if len(expression.args) == 1:
                yield from _bases(expression.args[0], evaluator)
        elif isinstance(expression.func, ast.Attribute) and expression.func.attr == "joinpath":
            yield from _bases(expression.func.value, evaluator)


def _is_within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _join(folder: str, rest: str) -> str:
    return f"{folder}/{rest}" if folder and rest else folder or rest
