"""What relayout remembers about an adoption, in ``.git/relayout``: enough to verify and to undo.

It holds paths and decisions, never the content of a file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from relayout.planning.plan import Move, Options
from relayout.planning.split import Part, Split

SWITCHING = "switching"
DONE = "done"


@dataclass(frozen=True, slots=True)
class State:
    """One adoption: where it started, what it made, and how far it came.

    ``phase`` is ``switching`` while the work tree is being changed, then ``done``.
    """

    phase: str
    branch: str
    result: str
    base_branch: str
    base: str
    options: Options
    moves: tuple[Move, ...]
    splits: tuple[Split, ...] = ()

    @property
    def is_adoption(self) -> bool:
        """Whether a layout was adopted; else shims were removed."""
        return bool(self.options.layout)

    def done(self) -> State:
        """Return the state of the same adoption once the work tree has followed."""
        return replace(self, phase=DONE)


def _file(git_dir: Path) -> Path:
    return git_dir / "relayout" / "state.json"


def load_state(git_dir: Path) -> State | None:
    """Return what is remembered about the last adoption, or None."""
    try:
        raw = json.loads(_file(git_dir).read_text(encoding="utf-8", errors="surrogateescape"))
        options = raw.pop("options")
        return State(
            **{
                **raw,
                "options": Options(
                    layout=options["layout"],
                    package=options["package"],
                    place=tuple((a, b) for a, b in options["place"]),
                    quarantine=tuple(options["quarantine"]),
                    keep=tuple(options["keep"]),
                    schema_packages=tuple((a, tuple(b)) for a, b in options["schema_packages"]),
                    shims=options["shims"],
                ),
                "moves": tuple(Move(**move) for move in raw["moves"]),
                "splits": tuple(map(_split, raw["splits"])),
            }
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _split(raw: dict[str, Any]) -> Split:
    parts = (Part(p["path"], p["section"], tuple(p["names"])) for p in raw["parts"])
    return Split(raw["path"], raw["section"], tuple(parts))


def save_state(git_dir: Path, state: State) -> None:
    """Remember an adoption; the file is replaced as a whole, or not at all."""
    file = _file(git_dir)
    file.parent.mkdir(exist_ok=True)
    draft = file.with_suffix(".draft")
    text = json.dumps(asdict(state), indent=1)
    draft.write_text(text, encoding="utf-8", errors="surrogateescape")
    draft.replace(file)


def forget_state(git_dir: Path) -> None:
    """Forget the last adoption."""
    file = _file(git_dir)
    file.with_suffix(".draft").unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    if file.parent.is_dir() and not any(file.parent.iterdir()):
        file.parent.rmdir()
