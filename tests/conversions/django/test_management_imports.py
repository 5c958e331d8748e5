"""Imports of Django's management name the package's own support for commands."""

from __future__ import annotations

import pytest

from django_commands import after, becomes, command_path, converted


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "from django.core.management import BaseCommand, CommandError, call_command",
            "from acme.support.commands import BaseCommand, CommandError, call_command",
        ),
        ("from django.core.management import base", "from acme.support import commands as base"),
        (
            "from django.core import management, signing",
            "from acme.support import commands as management\nfrom django.core import signing",
        ),
        ("import django.core.management.base as b", "import acme.support.commands as b"),
        (
            "from django.core.management.color import no_style; import os",
            "from acme.support.commands import no_style; import os",
        ),
        (
            "from  django.core.management.base  import BaseCommand , CommandError",
            "from  acme.support.commands  import BaseCommand , CommandError",
        ),
        (
            "from django.core.management.base \\\n    import BaseCommand",
            "from acme.support.commands \\\n    import BaseCommand",
        ),
    ],
)
def test_every_form_of_import(before: str, expected: str) -> None:
    becomes(f"{before}\n\nclass Command: ...\n", f"{expected}\n\nclass Command: ...\n")


def test_a_statement_with_comments_keeps_its_lines() -> None:
    becomes(
        """
        from django.core.management.base import (
            BaseCommand,  # the usual one
            # raised for the user
            CommandError,
        )

        class Command(BaseCommand): ...
        """,
        """
        from acme.support.commands import (
            BaseCommand,  # the usual one
            # raised for the user
            CommandError,
        )

        class Command(BaseCommand): ...
        """,
    )


def test_names_that_the_package_does_not_have_stay_and_are_reported() -> None:
    result = becomes(
        """
        from django.core.management import (
            call_command,
            get_commands,  # all of them
        )
        from django.core.management.base import BaseCommand, NoArgsCommand

        class Command(BaseCommand): ...
        """,
        """
        from acme.support.commands import (
            call_command,
        )
        from django.core.management import get_commands  # all of them
        from acme.support.commands import BaseCommand
        from django.core.management.base import NoArgsCommand

        class Command(BaseCommand): ...
        """,
    )
    assert result.codes == [("django-use-kept", 2), ("django-use-kept", 6)]
    assert "django.core.management.get_commands" in result.conversion.findings[0].message


def test_imports_in_functions_and_conditions() -> None:
    becomes(
        """
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from django.core.management.base import CommandParser
        try:
            from django.core.management.base import BaseCommand
        except ImportError:
            from django.core.management import BaseCommand

        class Command(BaseCommand):
            def handle(self, *args, **options):
                from django.core.management import CommandError
                raise CommandError("no")
        """,
        """
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from acme.support.commands import CommandParser
        try:
            from acme.support.commands import BaseCommand
        except ImportError:
            from acme.support.commands import BaseCommand

        class Command(BaseCommand):
            def handle(self, *args, **options):
                from acme.support.commands import CommandError
                raise CommandError("no")
        """,
    )


def test_uses_of_a_dotted_import_follow() -> None:
    becomes(
        """
        import django.core.management.base, os

        class Command(django.core.management.base.BaseCommand):
            def handle(self, *args, **options):
                raise django.core.management.base.CommandError(os.name)
        """,
        """
        import acme.support.commands, os

        class Command(acme.support.commands.BaseCommand):
            def handle(self, *args, **options):
                raise acme.support.commands.CommandError(os.name)
        """,
    )


def test_what_else_a_dotted_import_is_used_for_keeps_it() -> None:
    result = becomes(
        """
        import django.core.management

        django.setup()

        class Command(django.core.management.BaseCommand): ...
        """,
        """
        import django.core.management
        import acme.support.commands

        django.setup()

        class Command(acme.support.commands.BaseCommand): ...
        """,
    )
    assert result.codes == [("django-use-kept", 2)]
    assert "for django.setup" in result.conversion.findings[0].message


def test_what_other_imports_give_does_not_keep_it() -> None:
    result = becomes(
        """
        import django
        import django.conf
        import django.core.management

        django.setup()

        class Command(django.core.management.BaseCommand):
            limit = django.conf.settings.LIMIT
        """,
        """
        import django
        import django.conf
        import acme.support.commands

        django.setup()

        class Command(acme.support.commands.BaseCommand):
            limit = django.conf.settings.LIMIT
        """,
    )
    assert result.codes == []


def test_a_module_that_is_used_for_more_stays_beside_the_package() -> None:
    result = becomes(
        """
        from django.core import management

        class Command(management.BaseCommand):
            def handle(self, *args, **options):
                print(management.get_commands())
        """,
        """
        from django.core import management
        import acme.support.commands

        class Command(acme.support.commands.BaseCommand):
            def handle(self, *args, **options):
                print(management.get_commands())
        """,
    )
    assert result.codes == [("django-use-kept", 6)]


def test_a_module_reached_through_another_is_the_one_support() -> None:
    becomes(
        """
        from django.core import management as m

        class Command(m.base.BaseCommand): ...
        m.call_command
        """,
        """
        from acme.support import commands as m

        class Command(m.BaseCommand): ...
        m.call_command
        """,
    )


def test_names_do_not_collide() -> None:
    text = after(
        """
        import django.core.management
        acme = commands = 1

        class Command(django.core.management.BaseCommand): ...
        """
    )
    assert "import acme.support.commands as commands_2\nacme = " in text
    assert "class Command(commands_2.BaseCommand)" in text


def test_a_variable_that_is_set_elsewhere_too_is_not_followed() -> None:
    before = """
    import django.core.management as m
    if 1:
        m = None
    class Command(m.base.BaseCommand): ...
    """
    result = converted({"load": before})
    assert "import django.core.management as m\n" in result.texts[command_path("load")]
    assert result.codes == [("django-use-kept", 2)]


def test_all_names_are_imported_by_name() -> None:
    becomes(
        """
        from django.core.management.base import *

        class Command(BaseCommand):
            def handle(self, *args, **options):
                raise CommandError(str(args))
        """,
        """
        from acme.support.commands import BaseCommand, CommandError

        class Command(BaseCommand):
            def handle(self, *args, **options):
                raise CommandError(str(args))
        """,
    )
    result = becomes(
        """
        from django.core.management.base import *

        class Command(BaseCommand):
            out = os.curdir
        """,
        """
        from django.core.management.base import *
        from acme.support.commands import BaseCommand

        class Command(BaseCommand):
            out = os.curdir
        """,
    )
    assert result.codes == [("django-use-kept", 2)]


def test_a_string_that_names_something_of_djangos_is_reported() -> None:
    result = converted(
        {"shop/test_load.py": "patch('django.core.management.call_command')\n'django.core'\n"}
    )
    assert result.conversion.edits == {}
    assert result.codes == [("django-use-kept", 1)]
