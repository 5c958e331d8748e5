"""The command line. A command is imported when it is called: Copier calls one in every update."""

from __future__ import annotations

import gc

from plumbum import cli

import relayout
from relayout.command import DONE, REFUSED


class Relayout(cli.Application):
    """Move a data repository into a layout, and prove that no business logic changed."""

    PROGNAME = "relayout"
    VERSION = relayout.__version__

    def main(self) -> int:
        """Show what there is if no command is named."""
        if self.nested_command is None:
            self.help()
            return REFUSED
        return DONE


Relayout.subcommand("plan", "relayout.adoption_commands.PlanCommand")
Relayout.subcommand("adopt", "relayout.adoption_commands.AdoptCommand")
Relayout.subcommand("verify", "relayout.adoption_commands.VerifyCommand")
Relayout.subcommand("shims", "relayout.adoption_commands.ShimsCommand")
Relayout.subcommand("template", "relayout.adoption_commands.TemplateCommand")
Relayout.subcommand("update", "relayout.update_commands.UpdateCommand")
Relayout.subcommand("undo", "relayout.adoption_commands.UndoCommand")
Relayout.subcommand("follow", "relayout.follow_command.FollowCommand")


def main() -> None:
    """Run the command line and exit with its status."""
    gc.disable()  # syntax trees hold no cycles, and looking for some takes a fifth of the time
    Relayout.run()


if __name__ == "__main__":
    main()
