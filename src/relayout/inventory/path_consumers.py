"""Callables that take a path, and names that say that what they hold is one.

The library's own are those of https://docs.python.org/3/library/filesys.html and of the modules
that open what a path names; the others are the readers that data code calls most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum


class Wanted(Enum):
    """What a callable takes where a string stands."""

    PATH = "path"
    PATTERN = "pattern"
    """A path in which ``*``, ``?`` and ``[`` stand for others."""
    WORDS = "words"
    """The words of a command, as a list, or the command as a text."""
    DEFAULT = "default"
    """What a program takes for a value that it is not given; it may be anything."""
    RESOURCE = "resource"
    """A path that counts from the folder of the package that the argument before it names."""
    NOT_A_PATH = "not a path"
    """A key, a route, a name in another system, or a text for people."""


Arguments = Mapping[int, Wanted]
_FIRST: Arguments = {0: Wanted.PATH}
_BOTH: Arguments = {0: Wanted.PATH, 1: Wanted.PATH}
_SECOND: Arguments = {1: Wanted.PATH}

_OS_ONE = (
    *("listdir", "scandir", "walk", "makedirs", "mkdir", "remove", "unlink", "rmdir", "removedirs"),
    *("stat", "lstat", "chdir", "access", "chmod", "open", "startfile", "readlink"),
)
_OS_PATH = (
    *("abspath", "basename", "dirname", "exists", "expanduser", "getctime", "getmtime", "getsize"),
    *("isdir", "isfile", "islink", "normpath", "realpath", "relpath", "split", "splitext"),
)
_SHUTIL = ("copy", "copy2", "copyfile", "copytree", "move", "copymode", "copystat")
_RUNNERS = ("run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput")

_BY_NAME: Mapping[str, Arguments] = {
    "open": _FIRST,
    **{f"{module}.open": _FIRST for module in ("io", "codecs", "gzip", "bz2", "lzma", "tarfile")},
    **{f"os.{name}": _FIRST for name in _OS_ONE},
    **{f"os.path.{name}": _FIRST for name in _OS_PATH},
    **{f"os.{name}": _BOTH for name in ("rename", "replace", "link", "symlink")},
    **{f"shutil.{name}": _BOTH for name in _SHUTIL},
    **{f"subprocess.{name}": {0: Wanted.WORDS} for name in _RUNNERS},
    "shutil.rmtree": _FIRST,
    "os.system": {0: Wanted.WORDS},
    "os.popen": {0: Wanted.WORDS},
    "glob.glob": {0: Wanted.PATTERN},
    "glob.iglob": {0: Wanted.PATTERN},
    "zipfile.ZipFile": _FIRST,
    "runpy.run_path": _FIRST,
    "importlib.util.spec_from_file_location": _SECOND,
    "sqlite3.connect": _FIRST,
    "duckdb.connect": _FIRST,
    "logging.config.fileConfig": _FIRST,
    "logging.FileHandler": _FIRST,
    "numpy.load": _FIRST,
    "numpy.loadtxt": _FIRST,
    "numpy.genfromtxt": _FIRST,
    "joblib.load": _FIRST,
    "torch.load": _FIRST,
    "toml.load": _FIRST,
    "os.environ.get": {1: Wanted.DEFAULT},
    "os.environ.setdefault": {1: Wanted.DEFAULT},
    "os.getenv": {1: Wanted.DEFAULT},
    "pkgutil.get_data": {1: Wanted.RESOURCE},
    "pkg_resources.resource_filename": {1: Wanted.RESOURCE},
    "pkg_resources.resource_string": {1: Wanted.RESOURCE},
    "pkg_resources.resource_stream": {1: Wanted.RESOURCE},
    "pkg_resources.resource_listdir": {1: Wanted.RESOURCE},
}

_BY_END: Mapping[str, Arguments] = {
    **dict.fromkeys(("FileSystemLoader", "load_dotenv", "dotenv_values", "set_key"), _FIRST),
    **dict.fromkeys(("create_engine", "imread", "FileHandler", "RotatingFileHandler"), _FIRST),
    "open": _FIRST,
    "add_argument": {},
    "option": {},
    "argument": {},
    "Option": {0: Wanted.DEFAULT},
    "Argument": {0: Wanted.DEFAULT},
    **dict.fromkeys(("DbtProject", "ProjectConfig", "load_assets_from_dbt_manifest"), _FIRST),
    "load_assets_from_dbt_project": _BOTH,
    "StaticFiles": {},
    "Jinja2Templates": {},
}
"""By the last part of a callable's name, wherever it comes from."""

_READS = re.compile(
    r"(?:read|scan)_(?:csv|excel|json|parquet|pickle|feather|table|fwf|xml|html|orc|stata|file|text)$"
)
_WRITES = re.compile(r"to_(?:csv|excel|json|parquet|pickle|feather|html|file)$")

_PATH_KEYWORDS = frozenset(
    {"file", "path", "filename", "filepath", "filepath_or_buffer", "io", "path_or_buf", "fname"}
    | {"searchpath", "template_searchpath", "dotenv_path", "directory", "pathname", "env_file"}
    | {"src", "dst", "top", "cwd", "location", "database", "root_dir"}
)
_LISTED: Mapping[str, Wanted] = {"args": Wanted.WORDS, "default": Wanted.DEFAULT}

_STORES = frozenset(
    {"blob", "get_blob_client", "get_object", "put_object", "head_object", "delete_object"}
    | {"Object", "upload_fileobj", "upload_blob", "download_blob", "generate_presigned_url"}
)
"""Methods that take the names of objects in a store."""

_ROUTES = frozenset(
    {"route", "get", "post", "put", "patch", "delete", "url", "re_path", "url_for", "reverse"}
    | {"add_url_rule", "add_api_route", "mount", "render_template", "get_template", "render"}
    | {"getLogger", "get_logger", "execute", "executemany", "endswith", "startswith"}
)
"""Callables that take first a route, the name of a template or of a logger, or SQL."""

_SHOWN = frozenset(
    {"print", "debug", "info", "warning", "warn", "error", "exception", "critical", "echo", "log"}
    | {"secho", "fail", "skip"}
)
_STORE_KEYS = re.compile(
    r"(?:^|_)(?:key|prefix|bucket|route|url|uri|endpoint|topic|table|queue|object_name|blob(?:_name)?"
    r"|app_label|arcname|help|description|message|title|label|s3|gcs|remote)(?:_|$)",
    re.IGNORECASE,
)
_HOLDS_FOLDER = re.compile(
    r"(?:^|_)(?:dir|dirs|folder|folders|directory|directories)$", re.IGNORECASE
)
_HOLDS_PATH = re.compile(
    r"(?:^|_)(?:dir|folder|directory|path|file|filename|filepath)s?$|(?:^|_)(?:files|paths)$",
    re.IGNORECASE,
)

_SIGNS = (
    *("open(", "Path(", "os.path", "listdir(", "glob", "read_", "to_csv", "Loader(", "dotenv"),
    *("subprocess", "os.system", "sqlite", "environ", "getenv", "shutil", "default=", "get_data"),
    *("resources", "scandir(", "os.walk", "FileHandler", "fileConfig", "Static", "templates"),
    *(
        "project_dir",
        "profiles_dir",
        "project-dir",
        "profiles-dir",
        "ProjectConfig(",
        "DbtProject(",
    ),
)


def may_open(text: str) -> bool:
    """Tell whether a file's text has a sign of code that opens files."""
    return any(sign in text for sign in _SIGNS)


def wanted_by_position(name: str, position: int) -> Wanted | None:
    """Return what a callable takes at a position; ``name`` is its full name as far as known."""
    end = name.rpartition(".")[2]
    if end in ("upload_file", "download_file") and position != 2 * (end == "download_file"):
        return Wanted.NOT_A_PATH
    known = _taken_by(name)
    if known is not None:
        return known.get(position)
    return Wanted.NOT_A_PATH if _is_elsewhere(name, position) else None


def wanted_by_keyword(name: str, keyword: str) -> Wanted | None:
    """Return what a callable takes under a keyword."""
    if holds_no_path(keyword):
        return Wanted.NOT_A_PATH
    if _taken_by(name) is None:
        return Wanted.NOT_A_PATH if _is_elsewhere(name, 1) else None
    if keyword in _LISTED:
        return _LISTED[keyword]
    return Wanted.PATH if keyword in _PATH_KEYWORDS else None


def _taken_by(name: str) -> Arguments | None:
    """Return what the positions of a callable take, or None if it is not known."""
    end = name.rpartition(".")[2]
    if name not in _BY_NAME and (_READS.search(end) or _WRITES.search(end)):
        return _FIRST
    return _BY_NAME.get(name, _BY_END.get(end))


def _is_elsewhere(name: str, position: int) -> bool:
    end = name.rpartition(".")[2]
    return end in _SHOWN or end in _STORES or (end in _ROUTES and not position)


def holds_folder(name: str) -> bool:
    """Tell whether a variable of this name holds a folder, and in this file system."""
    return bool(_HOLDS_FOLDER.search(name)) and not _STORE_KEYS.search(name)


def holds_path(name: str) -> bool:
    """Tell whether a variable of this name may hold a path, if it has the form of one."""
    return bool(_HOLDS_PATH.search(name)) and not _STORE_KEYS.search(name)


def holds_no_path(name: str) -> bool:
    """Tell whether a name says that what it holds is of another system."""
    return bool(_STORE_KEYS.search(name))
