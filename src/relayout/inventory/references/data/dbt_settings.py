"""Settings of a repository's own, in YAML or JSON, that name a dbt project by its folder.

Programs of the repository read them. Nothing says what a path counts from there: it is taken to be
the root. A value counts if it is a path in a project, with a slash, or the folder of a project. One
word alone may mean anything: it counts under a key that says that it is a folder, and is in doubt
elsewhere unless a name is wanted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename

from relayout.inventory.dbt import is_made_by_dbt, territory
from relayout.inventory.references.containers.compose import is_compose
from relayout.inventory.references.data.keyed_yaml import is_path
from relayout.inventory.references.reference import ROOT, Reference, named_from
from relayout.inventory.references.spans.jsonc_spans import strings_in
from relayout.inventory.references.spans.yaml_spans import ITEM, placed, scalars_of
from relayout.tree import Tree

KIND = "dbt"
_FOLDER = re.compile(
    r"(?:.*[_.-])?(?:dir|directory|folder|path|root|cwd|workdir|dbt_project)|.*(?:Dir|Path|Folder)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:.*[_.-])?(?:name|id|tag|label|title|schema|database|group|profile|target|owner|key|image"
    r"|service|project|package|module|model|dataset|catalog|user|type|kind|select)s?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z0-9]+|(?:my_)?dbt(?:_project)?")
_OF_OTHERS = re.compile(
    r"package|dbt_|profiles|dependencies\.|selectors\.|meltano\.|mkdocs\.|copier\.|tsconfig|manifest\."
)
_DOUBT = "and may be its path"
_LARGEST = 200_000


def is_settings(path: str) -> bool:
    """Tell whether a file may hold settings of the repository's own, by its name."""
    if path.startswith(".") or is_compose(path) or _OF_OTHERS.match(basename(path)):
        return False
    return path.endswith((".yml", ".yaml", ".json"))


def read_dbt_settings(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the values that name a dbt project, or what is in it, from the root."""
    folders = territory(tree).folders
    if not folders or len(text) > _LARGEST or territory(tree).around(path) is not None:
        return
    if not any(folder in text for folder in folders):
        return
    if path.endswith(".json"):
        for string in strings_in(text):
            if not string.is_key and string.text == string.value:
                keys = [str(key) for key in string.keys if isinstance(key, str)]
                for found in _named(string.value, keys, tree):
                    yield _shifted(found, string.start)
        return
    for scalar in scalars_of(text):
        if not scalar.is_key:
            keys = [key for key in scalar.keys if key != ITEM]
            yield from placed(_named(scalar.value, keys, tree), scalar, text)


def _shifted(found: Reference, by: int) -> Reference:
    return replace(found, start=found.start + by, end=found.end + by)


def _named(value: str, keys: Iterable[str], tree: Tree) -> Iterator[Reference]:
    """Yield what a whole value names."""
    if not is_path(value) or " " in value or ":" in value:
        return
    named = named_from("", value)
    if not named or territory(tree).around(named) is None:
        return
    if named not in tree and named not in tree.folders and not is_made_by_dbt(tree, named):
        return
    key = next(reversed([*keys]), "")
    doubt = ""
    is_word = "/" not in value.removeprefix("./")
    if is_word and named not in tree.folders:
        return
    if is_word and not _FOLDER.fullmatch(key):
        if _NAME.fullmatch(key) or _LANGUAGE.fullmatch(value):
            return
        doubt = _DOUBT
    yield Reference(0, len(value), value, named, KIND, ROOT, doubt=doubt)
