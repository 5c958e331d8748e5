"""What shims and their support module say."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from importlib.resources import files

_WIDTH = 88
"""Narrow enough for every common setting of a formatter."""


def support_text() -> bytes:
    """Return the module that shims call, which stands in the package."""
    return files(__package__).joinpath("moved.py").read_bytes()


def shim_text(
    support: str, targets: Sequence[str], removed_in: str, names: Mapping[str, Sequence[str]]
) -> bytes:
    """Return the module that stands at an old path.

    ``support`` and ``targets`` are dotted names; ``names`` are those that targets other than the
    first one have, by target. A formatter that is run over the text finds nothing to do.
    """
    arguments = ["__name__", *(f'"{target}"' for target in targets)]
    if removed_in:
        arguments.append(f'removed_in="{removed_in}"')
    call = f"forward({', '.join(arguments)})"
    if len(call) > _WIDTH:
        call = "".join(["forward(\n", *(f"    {each},\n" for each in arguments), ")"])
    imported = f"from {support} import forward"
    return f'"""{_docstring(targets, names)}"""\n\n{imported}\n\n{call}\n'.encode()


def _docstring(targets: Sequence[str], names: Mapping[str, Sequence[str]]) -> str:
    if len(targets) == 1:
        return f"Moved to {targets[0]}."
    lines = ["Moved, in parts.", ""]
    for target in targets:
        said = ", ".join(names.get(target, ())) or "all else"
        lines += textwrap.wrap(
            f"{target}: {said}",
            _WIDTH,
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join([*lines, ""])
