"""Whether a file at a template's path was made from the template's.

An adopted repository kept its own Makefile, and the template's was laid beside it. What changes in
the template's file has nothing to do with such a file, and is not merged into it.
"""

from __future__ import annotations

import re
from collections import Counter

_CHUNK = re.compile(rb"[^\n]{0,63}\n|[^\n]{1,64}")
"""What git compares when it looks for renames: lines, and parts of those that are long."""

_LEAST = 0.5
"""Share that two files have in common at least, if one was made from the other."""

_FEW = 3
"""Lines up to which a file says too little: all of it may have been edited."""


def is_own_file(base: bytes, ours: bytes) -> bool:
    """Tell whether ``ours`` was not made from the template's file ``base``, but is the user's own.

    As in git's rename detection, what counts is the share of bytes in equal lines, whatever order
    they stand in. It is the share in the smaller of the two, since a file stays the template's
    however much was added to it, or taken out. A file without lines, or a short one that
    became another short one, counts as edited.
    """
    before, after = _chunks(base), _chunks(ours)
    if not before or not after or max(before.total(), after.total()) <= _FEW:
        return False
    shared = _size(before & after)
    return shared < _LEAST * min(_size(before), _size(after))


def _chunks(content: bytes) -> Counter[bytes]:
    """Return how often each line occurs, without those that are blank and without line ends."""
    chunks = (match.group().strip(b"\r\n") for match in _CHUNK.finditer(content))
    return Counter(chunk for chunk in chunks if chunk.strip())


def _size(chunks: Counter[bytes]) -> int:
    return sum(len(chunk) * count for chunk, count in chunks.items())
