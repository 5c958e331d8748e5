"""What Copier's migrations call, before and after an update. Its stages import what they need."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from plumbum import cli
from rich.console import Console

from relayout.command import DONE, Command
from relayout.per_file import PerFile
from relayout.updating import REPORT, Updating, write_report


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
            _prepare(updating, None if report else console)
        else:
            _finish(updating, Path(report) if report else console, self.workers)
        return DONE


def _prepare(updating: Updating, console: Console | None) -> None:
    from relayout.prepared_update import WAY_BACK, prepare_update

    prepare_update(updating)
    if console is not None:
        console.print(WAY_BACK)


def _finish(updating: Updating, report: Path | Console, per_file: PerFile) -> None:
    from relayout.reporting.updates import show_update
    from relayout.update import finish_update

    updated = finish_update(updating, per_file)
    if isinstance(report, Path):
        write_report(report, updated)
    else:
        show_update(report, updated)
