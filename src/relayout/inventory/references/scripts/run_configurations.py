"""Run configurations of PyCharm and IntelliJ, which are kept in ``.idea`` or ``.run``.

``$PROJECT_DIR$`` is the folder that holds ``.idea``
(https://www.jetbrains.com/help/pycharm/run-debug-configuration.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.inventory.references.reference import (
    Base,
    Form,
    Reference,
    is_there,
    named_from,
    named_module,
)
from relayout.tree import Tree

KIND = "run-configuration"
_PLACE = re.compile(r"(?P<prefix>\$PROJECT_DIR\$/)(?P<path>[^\"'<>&$;]+)(?=[\"'<;])")
_MODULE = re.compile(r"name=\"SCRIPT_NAME\" value=\"(?P<name>[A-Za-z_][\w.]*)\"")
_FOLDER = re.compile(r"(?P<root>(?:.*/)?)\.(?:idea|run)/")


def is_run_configuration(path: str) -> bool:
    """Tell whether a file holds run configurations, by its name."""
    return path.endswith(".xml") and _FOLDER.match(path) is not None


def read_run_configuration(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the files, folders and modules that a configuration names."""
    match = _FOLDER.match(path)
    base = Base(match["root"].rstrip("/") if match else "")
    for found in _PLACE.finditer(text):
        named = named_from(base.folder, found["path"])
        if named and is_there(named, tree):
            start, end = found.span()
            yield Reference(start, end, found.group(), named, KIND, base, prefix=found["prefix"])
    if 'name="MODULE_MODE" value="true"' in text:
        for found in _MODULE.finditer(text):
            module = named_module(base.folder, found["name"], tree)
            if module is not None:
                start, end = found.span("name")
                yield Reference(start, end, found["name"], module, KIND, base, form=Form.MODULE)
