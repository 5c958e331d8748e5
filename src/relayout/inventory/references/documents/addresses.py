"""Addresses in documents: links and images that lead to files of the repository.

A relative address counts from the folder of its document (RFC 3986, section 5.2). One that begins
with a slash counts from the root of the repository, as the hosts of repositories take it, or from
the root of what a generator makes a site of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from relayout.inventory.references.reference import (
    ROOT,
    Base,
    Reference,
    beside,
    is_there,
    named_from,
)
from relayout.tree import Tree

BARE = "%#? ()<>\"'"
"""What has to be escaped in an address that stands without brackets around it."""
BRACKETED = "%#?<>"
"""What has to be escaped between angle brackets."""

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[#?]|~")
_NO_ADDRESS = re.compile(r"[{}\\&|`$\x00-\x1f]")
_FRAGMENT = re.compile(r"[#?]")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """A document in hand: its text, where it is in the tree, and what kind of file it is."""

    text: str
    path: str
    tree: Tree
    kind: str


def address(
    page: Page, start: int, end: int, escaped: str = BARE, top: Base = ROOT
) -> Reference | None:
    """Return what the address from ``start`` to ``end`` of a document leads to.

    ``top`` is what an address with a slash at its beginning counts from. What leads elsewhere, or
    to nothing that git has, is no reference; a query or fragment is not part of one.
    """
    text = page.text[start : min(end, start + _LONGEST)]
    if not text or _ELSEWHERE.match(text) or _NO_ADDRESS.search(text):
        return None
    text = _FRAGMENT.split(text, maxsplit=1)[0]
    base = top if text.startswith("/") else beside(page.path)
    named = named_from(base.folder, unquote(text))
    if named is None or not is_there(named, page.tree) or (text.startswith("/") and not named):
        return None
    return Reference(start, start + len(text), text, named, page.kind, base, escaped=escaped)
