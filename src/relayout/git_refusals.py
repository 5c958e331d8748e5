"""Failures of git and of the disk, as refusals that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from relayout.errors import Refusal
from relayout.repository import GitError

_DISK_FULL = ("No space left", "Out of diskspace")


@contextmanager
def git_refusals() -> Iterator[None]:
    """Turn failures of git and of the disk in a block into refusals."""
    try:
        yield
    except GitError as error:
        if any(words in str(error) for words in _DISK_FULL):
            raise _no_space() from None
        raise Refusal(f"git failed: {str(error).splitlines()[0]}", "Nothing was changed.") from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _no_space() from None
        raise


def _no_space() -> Refusal:
    return Refusal(
        "no space left on the device",
        "Nothing was changed. Make room, then run the same command again.",
    )
