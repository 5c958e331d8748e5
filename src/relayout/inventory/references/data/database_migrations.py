"""Flyway and Liquibase: the folders and change logs that their settings name.

Both count relative paths from the folder that they are started in, which is that of the file
(https://documentation.red-gate.com/fd/flyway-locations-setting-277579008.html,
https://docs.liquibase.com/concepts/connections/creating-config-properties.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename

from relayout.inventory.references.data.keyed_yaml import around_file, as_path
from relayout.inventory.references.reference import Reference
from relayout.tree import Tree

KIND = "database-migrations"
_LINE = re.compile(
    r"^[ \t]*(?P<key>flyway\.locations|flyway\.callbackLocations|changeLogFile|changelog-file"
    r"|liquibase\.command\.changelogFile|searchPath|liquibase\.searchPath|classpath)"
    r"[ \t]*[=:][ \t]*(?P<value>[^\r\n]*)",
    re.MULTILINE,
)
_ENTRY = re.compile(r"[^,;\s]+")
_SCHEME = re.compile(r"(?:filesystem:)?(?![a-z]+:)")


def is_database_migrations(path: str) -> bool:
    """Tell whether a file has settings of Flyway or Liquibase, by its name."""
    return any(fnmatch(basename(path), n) for n in ("flyway*.conf", "liquibase*.properties"))


def read_database_migrations(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the folders and files of the settings that hold them."""
    around = around_file(path, KIND, tree)
    for line in _LINE.finditer(text):
        for entry in _ENTRY.finditer(line["value"]):
            scheme = _SCHEME.match(entry[0])
            if scheme is None or ("flyway" in line["key"] and not scheme[0]):
                continue
            start = line.start("value") + entry.start() + scheme.end()
            for found in as_path(entry[0][scheme.end() :], around):
                yield replace(found, start=found.start + start, end=found.end + start)
