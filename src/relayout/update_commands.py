"""The command about updates: what one would do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import yaml
from plumbum import cli

from relayout.command import DONE, FALLS_SHORT, Command
from relayout.errors import Refusal
from relayout.rendering import ANSWERS
from relayout.reporting import updates
from relayout.update_check import check_update


class UpdateCommand(Command):
    """Show what copier update would do: versions, moves, conflicts, findings."""

    check = cli.Flag(
        "--check", mandatory=True, help="Change nothing; exit status 1 if people have to decide"
    )
    answers_file = cli.SwitchAttr(
        ["-a", "--answers-file"],
        str,
        default=ANSWERS,
        help="The answers of the component that is updated",
        argname="FILE",
    )
    data = cli.SwitchAttr(
        ["-d", "--data"], str, list=True, help="Answer a question anew", argname="KEY=VALUE"
    )
    revision = cli.SwitchAttr(
        ["-r", "--vcs-ref"], str, help="The version to update to (default: the last)", argname="TAG"
    )

    def main(self, repository: str = ".") -> int:
        """Run the command in REPOSITORY (default: the current folder)."""
        return self.guarded(partial(self._check, repository))

    def _check(self, repository: str) -> int:
        given = dict(map(_pair, self.data))
        checked = check_update(Path(repository), self.answers_file, given, self.revision)
        self.show(checked, updates.checked_document, updates.show_checked)
        return DONE if checked.is_clean else FALLS_SHORT


def _pair(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise Refusal(f"--data {text}: it has no value", "Write it as --data KEY=VALUE")
    return key, yaml.safe_load(value)
