"""Commands that do one thing for each of their arguments."""

from __future__ import annotations

from typing import Any

from .base import BaseCommand
from .errors import CommandError
from .parsing import CommandParser


class LabelCommand(BaseCommand):
    """A command that handles each argument by itself; ``label`` is what help calls one."""

    label = "label"
    missing_args_message = "Enter at least one %s."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.missing_args_message == LabelCommand.missing_args_message:
            self.missing_args_message = f"Enter at least one {self.label}."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the labels."""
        parser.add_argument("args", metavar=self.label, nargs="+")

    def handle(self, *labels: Any, **options: Any) -> Any:
        """Return what ``handle_label`` returned for each label, a line each."""
        results = [self.handle_label(label, **options) for label in labels]
        return "\n".join(result for result in results if result)

    def handle_label(self, label: Any, **options: Any) -> Any:
        """Do the work for one label; a command overrides this."""
        raise NotImplementedError("subclasses of LabelCommand must provide a handle_label() method")


class AppCommand(BaseCommand):
    """A command for installed applications, which are there only while Django runs."""

    missing_args_message = "Enter at least one application label."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the labels of the applications."""
        parser.add_argument(
            "args", metavar="app_label", nargs="+", help="One or more application label."
        )

    def handle(self, *app_labels: str, **options: Any) -> Any:
        """Raise CommandError: there is no registry of applications."""
        raise CommandError(
            f"This command works on Django applications ({', '.join(app_labels)}): "
            "run it with the manage.py of a Django project."
        )
