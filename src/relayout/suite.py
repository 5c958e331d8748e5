"""The suite: where its template and recipes are, and what the template renders."""

from __future__ import annotations

import errno
import os
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from relayout.errors import Refusal
from relayout.evolution.parts import Parts, load_parts
from relayout.evolution.versions import Declared, parse_version
from relayout.recipes import Recipe, parse_recipe
from relayout.rendering import ANSWERS, Rendering


def find_suite() -> Path:
    """Return the folder of the suite that this engine belongs to. Raises Refusal.

    An engine that runs from a checkout uses the checkout; one that was installed from a wheel
    brings the suite as package data.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_suite", package.parent.parent):
        if (folder / "copier.yml").is_file():
            return folder
    raise Refusal(
        "this installation of relayout has no template suite",
        "Name one: --suite PATH_OR_URL",
    )


def recipes_folder(suite: Path) -> Path:
    """Return the folder of the suite's layout recipes."""
    return suite / "migrations" / "layouts"


def built_layouts(suite: Path) -> list[str]:
    """Return the names of the layouts that have a recipe."""
    return sorted(path.stem for path in recipes_folder(suite).glob("*.yml"))


def load_recipe(layout: str, folder: Path) -> Recipe:
    """Return the recipe of a layout from ``folder`` of ``<layout>.yml`` files. Raises Refusal."""
    available = sorted(
        entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml")
    )
    if layout not in available:
        raise Refusal(f"there is no layout {layout!r}", f"Choose one of: {', '.join(available)}.")
    return parse_recipe((folder / f"{layout}.yml").read_text(encoding="utf-8"), f"{layout}.yml")


def load_versions(suite: Path) -> tuple[Declared, ...]:
    """Return what each version of the suite declares to have moved, in order. Raises Refusal."""
    folder = suite / "migrations" / "versions"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yml")}
    declared = [parse_version(text, name) for name, text in texts.items()]
    return tuple(sorted(declared, key=lambda one: one.version))


def load_layout_parts(suite: Path) -> Parts:
    """Return where each layout has what a repository is made of. Raises Refusal."""
    return load_parts((suite / "migrations" / "parts.yml").read_text(encoding="utf-8"))


def render(
    suite: str | os.PathLike[str], answers: Mapping[str, Any], answers_file: str | None = None
) -> Rendering:
    """Render the suite's template in a temporary folder. Raises Refusal for a refused answer.

    The template is taken as it is at HEAD, not at its last tag: the engine and the template belong
    to one version. Tasks are not run. ``answers_file`` is where the answers are recorded, if not in
    the root: a component's own stand in its folder.
    """
    from copier import run_copy
    from copier.errors import CopierError
    from plumbum import ProcessExecutionError

    given = {key: value for key, value in answers.items() if not key.startswith("_")}
    with tempfile.TemporaryDirectory(prefix="relayout-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            run_copy(
                os.fspath(suite),
                folder,
                data=given,
                answers_file=answers_file,
                defaults=True,
                skip_tasks=True,
                quiet=True,
                vcs_ref="HEAD",
            )
        except (CopierError, ValueError) as error:
            raise Refusal(
                f"the template does not accept an answer: {' '.join(str(error).split())}",
                "Answer otherwise: --data KEY=VALUE (the package's name: --package NAME)",
            ) from None
        except ProcessExecutionError as error:
            said = (error.stderr or error.stdout or "git failed").strip()
            if "No space left" in said:
                raise OSError(errno.ENOSPC, said) from None
            problem = f"the suite {suite} cannot be read: {said.splitlines()[-1]}"
            raise Refusal(problem, "Name another: --suite PATH_OR_URL") from None
        return _read(Path(folder), answers)


def _read(folder: Path, answers: Mapping[str, Any]) -> Rendering:
    files: dict[str, bytes] = {}
    executable: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            files[name] = path.read_bytes()
            if os.access(path, os.X_OK):
                executable.add(name)
    own = {key: value for key, value in answers.items() if key.startswith("_")}
    if own and ANSWERS in files:
        files[ANSWERS] = _with_origin(files[ANSWERS], own)
    return Rendering(files, frozenset(executable))


def _with_origin(content: bytes, origin: Mapping[str, Any]) -> bytes:
    """Return an answers file that records the given origin of the template instead of its own."""
    lines = content.decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f"{key}:" for key in origin))]
    head = [line for line in kept if line.startswith("#")]
    body = [line for line in kept if not line.startswith("#")]
    return "".join([*head, yaml.safe_dump(dict(origin)), *body]).encode()
