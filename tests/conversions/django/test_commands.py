"""A management command becomes a CLI command; its code stays to the letter."""

from __future__ import annotations

from textwrap import dedent

import pytest

from django_commands import (
    MAIN,
    ON_SUPPORT,
    PLAIN,
    SERVICES,
    after,
    command_path,
    converted,
)


def test_a_command_is_built_on_the_package_and_gets_a_main() -> None:
    result = converted(
        {
            "load_orders": '''\
            """Load orders."""
            import csv

            from django.core.management.base import BaseCommand, CommandError as Failed

            from shop.services import load


            class Command(BaseCommand):
                help = "Load orders"  # of one day

                def add_arguments(self, parser):
                    parser.add_argument("day")

                def handle(self, *args, **options):
                    raise Failed("no")
            ''',
            "shop/services.py": "def load(): ...\n",
        }
    )
    assert result.texts == {
        command_path("load_orders"): dedent(
            '''\
            """Load orders."""
            import csv

            from acme.support.commands import BaseCommand, CommandError as Failed

            from shop.services import load


            class Command(BaseCommand):
                help = "Load orders"  # of one day

                def add_arguments(self, parser):
                    parser.add_argument("day")

                def handle(self, *args, **options):
                    raise Failed("no")


            def main() -> None:
                """Run the command with the arguments of the command line."""
                Command.main()


            if __name__ == "__main__":
                main()
            '''
        )
    }
    assert result.scripts == {"acme-load-orders": "acme.cli.load_orders:main"}
    assert result.codes == []


# -- the main


def test_a_file_that_has_a_main_keeps_it() -> None:
    result = converted({"load": PLAIN + "\ndef main():\n    return 1\n"})
    text = result.texts[command_path("load")]
    assert text.endswith(MAIN.replace("main()", "command_main()").replace(".command_main", ".main"))
    assert "def main():\n    return 1\n" in text
    assert result.scripts == {"acme-load": "acme.cli.load:command_main"}
    assert result.codes == []


def test_a_file_that_has_a_main_guard_keeps_it() -> None:
    guard = '\nif __name__ == "__main__":\n    Command().handle()\n'
    text = after(PLAIN + guard)
    assert text.count("__main__") == 1
    assert text.endswith(guard + MAIN.partition("\n\n\nif ")[0] + "\n")


@pytest.mark.parametrize(
    ("end", "expected"), [("", "\n\n\ndef"), ("\n", "\n\n\ndef"), ("\n\n\n\n", "\n\n\n\ndef")]
)
def test_the_end_of_a_file_keeps_its_manners(end: str, expected: str) -> None:
    for newline in ("\n", "\r\n", "\r"):
        before = f"from django.core.management import BaseCommand as Command{end}"
        before = f"# a comment\n{before}".replace("\n", newline)
        result = converted({"load": before.encode()})
        text = result.texts[command_path("load")]
        assert f"as Command{expected}".replace("\n", newline) in text
        assert text.endswith(f"main(){newline}" if end else "main()")
        assert set(text.replace(newline, "")) & {"\r", "\n"} == set()


@pytest.mark.parametrize(
    "alias",
    [
        "from shop.base import LoadCommand\nCommand = LoadCommand\n",
        "from shop.base import LoadCommand as Command\n",
        "from shop import base\nclass Command(base.LoadCommand): ...\n",
    ],
)
def test_a_command_may_be_another_modules_class(alias: str) -> None:
    base = PLAIN.replace("Command(", "LoadCommand(")
    result = converted({"load": alias, "shop/base.py": base})
    assert result.texts[command_path("load")] == alias + MAIN
    assert result.texts["shop/base.py"] == ON_SUPPORT.replace("Command(", "LoadCommand(")
    assert result.scripts == {"acme-load": "acme.cli.load:main"}
    assert result.codes == []


def test_a_private_module_gets_no_main() -> None:
    result = converted({"_base": PLAIN})
    assert result.texts == {command_path("_base"): ON_SUPPORT}
    assert result.scripts == {}


def test_a_hidden_command_is_reported_and_gets_no_script() -> None:
    result = converted({"load": PLAIN, "load_2": PLAIN}, hidden={"load_2": "load"})
    assert MAIN not in result.texts[command_path("load_2")]
    assert result.scripts == {"acme-load": "acme.cli.load:main"}
    assert result.codes == [("django-command-hidden", 0)]


def test_scripts_do_not_collide() -> None:
    result = converted({"load_x": PLAIN, "load__x": PLAIN})
    assert result.scripts == {
        "acme-load-x": "acme.cli.load__x:main",
        "acme-load-x-2": "acme.cli.load_x:main",
    }
    assert result.codes == [("django-command-renamed", 0)]


# -- what nothing happens to


def test_what_is_in_quarantine_stays() -> None:
    place = "packages/acme/legacy_django/shop/management/commands/load.py"
    result = converted({"load": PLAIN}, load=place)
    assert result.conversion.edits == {}
    assert result.scripts == {}


def test_what_went_to_another_package_stays() -> None:
    result = converted(
        {"load": PLAIN, "shop/services.py": PLAIN, "shop/start.py": PLAIN},
        load="packages/other/src/other/cli/load.py",
        services="packages/other/tests/services.py",
        start="tools/start.py",
    )
    assert list(result.conversion.edits) == ["shop/start.py"]
    assert result.scripts == {}


def test_what_only_looks_like_a_use_of_management_stays() -> None:
    service = '''
    """See django.core.management.base.BaseCommand."""
    from shop.core.management import BaseCommand
    from management.base import CommandError
    from .management import call_command
    import django.core.mail

    TEXT = "from django.core.management import call_command"
    call_command("migrate")
    '''
    result = converted({"shop/services.py": service})
    assert result.conversion.edits == {}
    assert result.codes == []


def test_services_that_raise_and_call_are_converted_too() -> None:
    result = converted(
        {
            "load": PLAIN,
            "shop/services.py": """
            from django.core.management import CommandError, call_command

            def load():
                call_command("load", verbosity=0)
                raise CommandError("no")
            """,
        }
    )
    assert "from acme.support.commands import" in result.texts["shop/services.py"]
    assert "def main" not in result.texts["shop/services.py"]
    assert result.codes == []


# -- what needs Django still


@pytest.mark.parametrize(
    ("imported", "base"),
    [
        ("from django.core.management.commands.loaddata import Command as Load", "Load"),
        ("from django.core.management.commands import loaddata", "loaddata.Command"),
        ("import celery_app.management.base", "celery_app.management.base.QueueCommand"),
        ("from shop.base import Load", "Load"),
    ],
)
def test_a_command_of_djangos_own_is_left_to_django(imported: str, base: str) -> None:
    own = "from django.core.management.commands import loaddata\nLoad = loaddata.Command\n"
    before = (
        f"{imported}\nfrom django.core.management import CommandError\nclass Command({base}): ...\n"
    )
    result = converted({"load": before, "shop/base.py": own})
    assert command_path("load") not in result.texts
    assert result.scripts == {}
    assert {code for code, _ in result.codes} >= {"django-command-base"}


def test_a_command_whose_base_is_in_quarantine_is_left_to_django() -> None:
    base = PLAIN.replace("Command(", "LoadCommand(")
    result = converted(
        {"load": "from shop.views import LoadCommand as Command\n", "shop/views.py": base},
        views="packages/acme/legacy_django/shop/views.py",
    )
    assert result.conversion.edits == {}
    assert result.scripts == {}
    (finding,) = result.conversion.findings
    assert finding.code == "django-command-base"
    assert "LoadCommand of shop/views.py, in quarantine" in finding.message


def test_a_command_for_apps_is_reported() -> None:
    result = converted({"load": PLAIN.replace("BaseCommand", "AppCommand")})
    assert result.codes == [("django-app-command", 4)]


def test_findings_count_lines_before() -> None:
    before = """
    from django.core.management import call_command, get_commands
    call_command("migrate")
    """
    result = converted({"shop/services.py": before})
    assert result.codes == [("django-use-kept", 2), ("django-command-called", 3)]
    assert {finding.path for finding in result.conversion.findings} == {f"{SERVICES}/services.py"}
