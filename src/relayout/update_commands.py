"""The command about updates: what one would do."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import yaml
from plumbum import cli

from relayout.command import DONE, FALLS_SHORT, Command, pair_of
from relayout.errors import Refusal
from relayout.rendering import ANSWERS
from relayout.reporting import updates
from relayout.update_check import check_update


class UpdateCommand(Command):
    """Show what copier update would do: versions, moves, conflicts, findings."""

    is_check = cli.Flag(
        "--check", help="Change nothing; exit status 1 if something has to be decided"
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
        if not self.is_check:
            raise Refusal(
                "an update is made by Copier: copier update --trust",
                "To see what that would do, and change nothing: relayout update --check",
            )
        pairs = (pair_of("--data", text) for text in self.data)
        given = {key: yaml.safe_load(value) for key, value in pairs}
        checked = check_update(Path(repository), self.answers_file, given, self.revision)
        self.show(checked, updates.checked_document, updates.show_checked)
        return DONE if checked.is_clean else FALLS_SHORT
