"""What a name of a package means: its submodule of that name, or something else that it binds.

``from package import name`` takes what the package has under that name, and imports the submodule
only where there is nothing yet
(https://docs.python.org/3/reference/simple_stmts.html#the-import-statement).
"""

from __future__ import annotations

from posixpath import dirname

from relayout.inventory.python import ImportedName, ImportStatement, PythonFile


def hides_submodule(package: PythonFile, name: ImportedName, importer: str) -> bool:
    """Return whether a package binds a name to something else than its submodule of that name.

    ``from . import name`` in the package itself binds the submodule, and so does the same by the
    package's name. So does such a statement at the package's own top level by another name: a
    package has no reason to import what it has bound before, and what it binds further down is
    not there yet.
    """
    if name.name not in package.defines:
        return False
    own = [statement for statement in package.statements if _is_of_itself(statement, package.path)]
    if importer == package.path and any(s.line == name.line and not s.column for s in own):
        return False
    return not any(
        (name.name, None) in statement.names or (name.name, name.name) in statement.names
        for statement in own
    )


def _is_of_itself(statement: ImportStatement, path: str) -> bool:
    """Tell whether a package's file imports from the package."""
    if statement.module is None:
        return False
    if statement.level:
        return statement.level == 1 and not statement.module
    return f"/{dirname(path)}".endswith(f"/{statement.module.replace('.', '/')}")
