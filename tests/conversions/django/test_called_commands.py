"""Commands that code calls by name are followed, or reported."""

from __future__ import annotations

import pytest

from django_commands import CLI, PLAIN, converted


@pytest.mark.parametrize(
    ("call", "codes"),
    [
        ('call_command("load", "--all")', []),
        ("call_command(command_name='load')", []),
        ("call_command(Command(), 1)", []),
        ("call_command(loading.Command)", []),
        ("for name in ('load', 'send'):\n    call_command(name)", []),
        ("call_command('load' if DAILY else 'send')", []),
        ('call_command("migrate")', ["django-command-called"]),
        ("for name in ('load', 'flush'):\n    call_command(name)", ["django-command-called"]),
        ("call_command(sys.argv[1])", ["django-command-called"]),
        ("call_command(f'load_{kind}')", ["django-command-called"]),
        ("def run(name):\n    call_command(name)", ["django-command-called"]),
        ("name = 'x'\ndef run():\n    name = 'load'\n    call_command(name)", []),
        ("other.call_command('migrate')", []),
    ],
)
def test_commands_that_are_called(call: str, codes: list[str]) -> None:
    before = f"from django.core.management import call_command\n{call}\n"
    result = converted({"load": PLAIN, "send": PLAIN, "shop/services.py": before})
    assert [code for code, _ in result.codes] == codes


def test_a_command_whose_module_has_another_name_now_is_called_by_it() -> None:
    before = 'from django.core.management import call_command\ncall_command("load", x="load")\n'
    result = converted({"load": PLAIN, "shop/services.py": before}, load=f"{CLI}/load_2.py")
    expected = 'from acme.support.commands import call_command\ncall_command("load_2", x="load")\n'
    assert result.texts["shop/services.py"] == expected
    assert result.scripts == {"acme-load": "acme.cli.load_2:main"}


def test_a_name_that_is_used_twice_is_followed_once() -> None:
    before = """
    from django.core.management import call_command
    NAME = "load"
    call_command(NAME)
    call_command(NAME, "--all")
    """
    result = converted({"load": PLAIN, "shop/services.py": before}, load=f"{CLI}/load_2.py")
    assert 'NAME = "load_2"' in result.texts["shop/services.py"]
