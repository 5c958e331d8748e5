"""What can be seen of a module that the running Python cannot parse, line by line.

Its syntax may be newer than this Python (https://peps.python.org/pep-0695/,
https://peps.python.org/pep-0701/) or older, and code that can be read may need it all the same.
"""

from __future__ import annotations

import re

_DEFINES = re.compile(
    r"^(?:(?:async[ \t]+)?def|class|type)[ \t]+(\w+)|^([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=(?!=)",
    re.MULTILINE,
)
_MAIN_GUARD = re.compile(r"""^if[ \t]+__name__[ \t]*==[ \t]*["']__main__["']""", re.MULTILINE)


def names_seen(content: bytes) -> frozenset[str]:
    """Return the names that lines without indentation seem to define. Never raises."""
    found = _DEFINES.findall(_text(content))
    return frozenset(defined or assigned for defined, assigned in found)


def seems_program(content: bytes) -> bool:
    """Tell whether a line without indentation is a main guard. Never raises."""
    return _MAIN_GUARD.search(_text(content)) is not None


def _text(content: bytes) -> str:
    """Return the content as text; nothing of what is no text."""
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")
