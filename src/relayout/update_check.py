"""What an update would do: it is made for real, in a copy of the repository that is thrown away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbum import ProcessExecutionError, local

from relayout.clean_tree import require_committed
from relayout.errors import Refusal
from relayout.git_refusals import git_refusals
from relayout.rendering import ANSWERS
from relayout.repository import Repository, opened
from relayout.updating import REPORT, Updated, read_report


@dataclass(frozen=True)
class Checked:
    """What an update would do, and how many files it would change."""

    updated: Updated
    changed: int

    @property
    def is_clean(self) -> bool:
        """Whether nobody would have to decide anything."""
        return not (self.updated.conflicts or self.updated.findings)


def check_update(
    path: Path,
    answers_file: str = ANSWERS,
    given: Mapping[str, Any] | None = None,
    revision: str | None = None,
) -> Checked:
    """Return what ``copier update`` would do to a repository, which is not touched.

    ``given`` are answers that it would be given, ``revision`` is the version to update to (default:
    the last). Raises Refusal where the update would be refused.
    """
    with opened(path) as repository, git_refusals():
        repository.head()
        require_committed(repository)
        if answers_file not in repository.tree("HEAD"):
            raise Refusal(
                f"{path} has no {answers_file}",
                "So it was not made from a template, and there is nothing to update it from.",
                "Adopt it first: relayout adopt. For a component, name its answers: -a FILE",
            )
        with tempfile.TemporaryDirectory(prefix="relayout-") as folder:
            copy = Path(folder) / path.resolve().name
            repository.git("clone", "--quiet", os.fspath(path.resolve()), os.fspath(copy))
            report = Path(folder) / "update.json"
            _update(copy, answers_file, given or {}, revision, report)
            with opened(copy) as updated:
                return Checked(read_report(report), _changed(updated))


def _update(
    copy: Path, answers_file: str, given: Mapping[str, Any], revision: str | None, report: Path
) -> None:
    from copier import run_update
    from copier.errors import CopierError

    with local.env(**{REPORT: os.fspath(report)}):
        try:
            run_update(
                copy,
                data=dict(given),
                answers_file=answers_file,
                vcs_ref=revision,
                defaults=True,
                overwrite=True,
                quiet=True,
                unsafe=True,
            )
        except (CopierError, ValueError) as error:
            problem = f"the update would be refused: {' '.join(str(error).split())}"
            raise Refusal(problem, "What its hooks say stands above.") from None
        except ProcessExecutionError as error:
            said = (error.stderr or error.stdout or "git failed").strip().splitlines()
            raise Refusal(f"the template cannot be read: {said[-1]}") from None
    if not report.is_file():
        raise Refusal(
            "the template's new version does not follow moves: it has no migrations of relayout",
            "What copier update would do with it, nobody can tell without doing it.",
        )


def _changed(copy: Repository) -> int:
    status = copy.git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    return sum(bool(record) for record in status.split("\0"))
