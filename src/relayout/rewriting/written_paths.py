"""How the path of a reference is written: with its prefix, slashes, dots and escapes."""

from __future__ import annotations

import re
from posixpath import basename
from urllib.parse import unquote

from relayout.inventory.references.reference import Reference


def literal_of(reference: Reference) -> str:
    """Return the path as it is meant, without what the way of writing adds to it or leaves out."""
    text = reference.filled or reference.text[len(reference.prefix) :]
    if reference.escaped:
        text = unquote(text)
    text = text.replace(f"{reference.regular}.", ".")
    return text + reference.ending


def styled(path: str, reference: Reference) -> str:
    """Return a path as the text that it replaces was written: its prefix, slashes and dots."""
    literal = literal_of(reference)
    plain = literal.replace("\\", "/")
    if plain.startswith("/"):
        path = f"/{path}" if path != "." else "/"
    elif plain.startswith(("./", "../")) and not path.startswith("."):
        path = f"./{path}"
    if plain.endswith("/") and not path.endswith("/"):
        path = f"{path}/"
    if plain.endswith("/.") and not path.endswith("/."):
        path = f"{path}/."
    if ("\\" in literal or reference.backslashes) and "/" not in literal:
        path = path.replace("/", "\\\\" if "\\\\" in literal else "\\")
    path = path.removesuffix(reference.ending)
    if reference.escaped:
        path = re.sub(f"[{re.escape(reference.escaped)}]", _percent, path)
    if reference.prefix and not literal:
        if path == ".":
            return reference.prefix
        if not reference.prefix.endswith(("/", "\\")):
            path = f"/{path}"
    if reference.regular:
        path = re.escape(path).replace("\\-", "-").replace("/\\.\\./", "/../")
        path = path.replace("\\", reference.regular)
    return reference.prefix + path


def renamed(reference: Reference, place: str) -> str:
    """Return the text of a reference with the name of the file that is now at a place."""
    return reference.text.removesuffix(basename(reference.path)) + basename(place)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def way_back(reference: Reference, folder: str) -> str:
    """Return the path from the folder of a file now to the root, as it follows that folder."""
    if not folder:
        return ""
    slash = "\\" if reference.backslashes else "/"
    way = slash.join([".."] * (folder.count("/") + 1))
    return way if reference.prefix in ("/", "\\") else f"{slash}{way}"
