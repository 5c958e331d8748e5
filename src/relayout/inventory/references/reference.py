"""References: places in a file that name a file or folder of the repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from posixpath import dirname, join, normpath

from relayout.inventory.dbt import is_made_by_dbt
from relayout.tree import Tree


@dataclass(frozen=True, slots=True)
class Base:
    """What a relative path counts from: a folder of the repository, and what becomes of it.

    It is the folder of the file that holds the reference (``of_file``), or a folder that goes
    where its files go. The root is the empty string, and stays.
    """

    folder: str = ""
    of_file: bool = False


ROOT = Base()


def beside(path: str) -> Base:
    """Return the base of paths that count from the folder of the file that holds them."""
    return Base(dirname(path), of_file=True)


class Form(Enum):
    """How a reference names what it names."""

    PATH = "path"
    """A path with slashes; ``.`` is the base itself."""
    PATTERN = "pattern"
    """A path in which a part has ``*``, ``?`` or ``[``; what stands before that part is named."""
    MODULE = "module"
    """A dotted name that Python finds from the base, or because the package is installed."""
    FOLDER = "folder"
    """The path of the folder in which the named file, and ``others``, are; it ends in a slash."""
    SCRIPT = "script"
    """The path of a file that Python is told to run: it may become ``-m`` and a dotted name."""
    PROJECT = "project"
    """A command of dbt, which looks for the named file where it is started: an option may say where
    it is instead. ``others`` are files that it looks for there as well."""
    NAME = "name"
    """The path of a file that was copied there under its own name, and is called by that again."""
    IMAGE = "image"
    """The folder that an image is built from, where the named Dockerfile is found by its name: it
    may have to be said which one it is. How, ``image`` says."""
    OWN = "own"
    """What follows a variable that holds the folder of the file itself, and so far is nothing:
    where the file goes elsewhere, the way back to its folder."""
    HELD = "held"
    """What stays whatever becomes of what it names: a variable that holds a path, a place that
    something was copied to."""


@dataclass(frozen=True, slots=True)
class Group:
    """Paths, the first ones copied to the last one, that can be written as several such groups.

    They stand from ``start`` to ``end``. ``between`` stands between two of the first ones, ``gap``
    before the last one, and ``again`` between two groups.
    """

    start: int
    end: int
    sources: tuple[Reference, ...]
    target: Reference
    between: str
    gap: str
    again: str


CONTEXT, DOCKERFILE = "<context>", "<dockerfile>"


@dataclass(frozen=True, slots=True)
class ImageBuild:
    """What says which folder an image is built from, and how it says which Dockerfile as well.

    ``said`` is the text that names the folder, empty where nothing does. ``written`` is the text of
    the reference with ``CONTEXT`` and ``DOCKERFILE`` in it, empty if there is none that is sure;
    the Dockerfile's path counts from the folder if ``from_context``, as compose has it.
    """

    context: str
    said: str
    written: str
    from_context: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The characters from ``start`` to ``end`` of a file's text name ``path``.

    ``text`` is what stands there, and ``path`` what it names, relative to the repository's root
    (the root is the empty string). It need not be in git: what is not stays where it is.
    ``kind`` says what kind of file it stands in.
    """

    start: int
    end: int
    text: str
    path: str
    kind: str
    base: Base = ROOT
    prefix: str = ""
    """What the text begins with that says where the base is, such as ``$ROOT/``; it stays."""
    filled: str = field(default="", kw_only=True)
    """What follows the prefix, with its expressions filled in; empty if it has none."""
    form: Form = Form.PATH
    between: str | None = None
    """What stands between this and another item like it; None if there cannot be another."""
    climbs: bool = True
    """Whether the path may lead out of its base, with ``..``; of a module, whether what cannot be
    imported because it is installed may be found from the base."""
    runs: bool = False
    """Whether it stands where something is started, so that the file is in use."""
    backslashes: bool = False
    """Whether the parts of a path are separated by ``\\`` where its text does not say it."""
    regular: str = ""
    """What escapes the dots of a path in a regular expression: a backslash, or two of them in a
    string that has escapes itself; empty where dots are not escaped."""
    only: str = ""
    """The ending of the files that are meant in a folder; those in quarantine are not."""
    anywhere: bool = False
    """Whether it holds at any depth: where it ended a path before, it may end one after."""
    folder_only: bool = False
    """Whether there can be no file in the place of a folder."""
    doubt: str = ""
    """Why it is reported, in words that follow "it names ...", where it would be changed."""
    escaped: str = ""
    """In an address, where ``%20`` means a blank: the characters that are written in that way."""
    ending: str = ""
    """What the name of the file ends with and the text leaves out, such as ``.rst``."""
    in_prose: bool = False
    """Whether prose calls a file by its path: it is called by that from the root where it is no
    longer below the document, and nothing is said of a bare word that cannot be followed."""
    holds: bool = False
    """Whether a folder is named for all that is in it: it may stay while that is still in it."""
    others: tuple[str, ...] = ()
    """What else is in the folder that is named."""
    group: Group | None = None
    """What is written anew as a whole if one of its paths cannot be followed alone."""
    image: ImageBuild | None = None
    """What is built, for :attr:`Form.IMAGE`."""


def named_from(base: str, text: str) -> str | None:
    """Return the repository path that a text names from a folder; None if it leads out.

    A slash at the beginning means the base itself, as in patterns of ignore files.
    """
    found = normpath(join(base or ".", text.replace("\\", "/").lstrip("/") or "."))
    if found == ".." or found.startswith("../"):
        return None
    return "" if found == "." else found


def is_there(path: str, tree: Tree) -> bool:
    """Tell whether git has a file or folder at a path, or dbt makes one there."""
    return path in tree or path in tree.folders or is_made_by_dbt(tree, path)


def import_folders(base: str, dotted: str, tree: Tree) -> tuple[str, ...]:
    """Return the folders that a dotted name counts from, as a program in ``base`` sees them.

    What is installed from ``src`` is found anywhere, and so is a package in the root.
    """
    in_root = ("",) if f"{dotted.partition('.')[0]}/__init__.py" in tree else ()
    return tuple(dict.fromkeys((base, *tree.sources, join(base, "src"), *in_root)))


def named_module(base: str, dotted: str, tree: Tree) -> str | None:
    """Return the file that ``python -m`` runs for a dotted name in a folder, or None.

    It is looked for in the folder, then where packages are installed from
    (https://docs.python.org/3/using/cmdline.html#cmdoption-m).
    """
    stem = dotted.replace(".", "/")
    for folder in import_folders(base, dotted, tree):
        whole = join(folder, stem)
        for found in (f"{whole}.py", f"{whole}/__main__.py", f"{whole}/__init__.py"):
            if found in tree.modules:
                return found
    return None
