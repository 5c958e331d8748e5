"""The commands about updates: what one would do, and what Copier's migrations call."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from plumbum import cli
from rich.console import Console

from relayout.command import DONE, FALLS_SHORT, Command
from relayout.errors import Refusal
from relayout.rendering import ANSWERS
from relayout.reporting import updates
from relayout.update import finish_update, prepare_update
from relayout.update_check import check_update
from relayout.updating import REPORT, Updating, write_report


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


class FollowCommand(Command):
    """What copier update calls, before and after it has patched the files. Not for people."""

    renderings = cli.SwitchAttr("--renderings", str, mandatory=True, help="What was rendered")
    suite = cli.SwitchAttr("--suite", str, mandatory=True, help="The new version's suite")
    answers_file = cli.SwitchAttr("--answers-file", str, mandatory=True, help="The answers")
    old = cli.SwitchAttr("--from", str, mandatory=True, help="The old version")
    new = cli.SwitchAttr("--to", str, mandatory=True, help="The new version")
    given = cli.SwitchAttr("--given", str, default="", help="The questions answered now: KEY,KEY")
    is_unattended = cli.Flag("--unattended", help="No question was asked")
    layout = cli.SwitchAttr("--layout", str, default="", help="The layout that is asked for now")

    def main(self, stage: cli.Set("before", "after")) -> int:  # type: ignore[valid-type]
        """Run the STAGE of an update in the current folder."""
        return self.guarded(partial(self._follow, str(stage)))

    def _follow(self, stage: str) -> int:
        updating = Updating(
            Path.cwd(),
            Path(self.renderings),
            Path(self.suite),
            self.answers_file,
            self.old,
            self.new,
            self.layout,
            frozenset(filter(None, self.given.split(","))),
            bool(self.is_unattended),
        )
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        report = os.environ.get(REPORT)
        if stage == "before":
            prepare_update(updating)
            if not report:
                updates.show_way_back(console)
            return DONE
        updated = finish_update(updating)
        if report:
            write_report(Path(report), updated)
        else:
            updates.show_update(console, updated)
        return DONE


def _pair(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise Refusal(f"--data {text}: it has no value", "Write it as --data KEY=VALUE")
    return key, yaml.safe_load(value)
