from __future__ import annotations

import pytest
from tests.inventory.django.trees import Files, modules_of

from relayout.inventory.django.installed_apps import APPS, strings_assigned


@pytest.mark.parametrize(
    "code",
    [
        "INSTALLED_APPS = ['a', 'b', 'c']",
        "INSTALLED_APPS = ('a', 'b', 'c')",
        "INSTALLED_APPS: list[str] = ['a', 'b', 'c']",
        "INSTALLED_APPS = ['a'] + ['b'] + ['c']",
        "OURS = ['b', 'c']\nINSTALLED_APPS = ['a'] + OURS",
        "OURS = ['b', 'c']\nINSTALLED_APPS = ['a', *OURS]",
        "INSTALLED_APPS = ['a', 'b']\nINSTALLED_APPS += ['c']",
        "INSTALLED_APPS = ['a', 'b']\nINSTALLED_APPS.append('c')",
        "INSTALLED_APPS = ['a']\nINSTALLED_APPS.extend(['b', 'c'])",
        "INSTALLED_APPS = ['b', 'c']\nINSTALLED_APPS.insert(0, 'a')",
        "INSTALLED_APPS = ['a', 'x', 'b', 'c']\nINSTALLED_APPS.remove('x')",
        "INSTALLED_APPS = list(('a', 'b', 'c'))",
        "INSTALLED_APPS = ['a', 'b']\nif DEBUG:\n    INSTALLED_APPS += ('c',)",
        "INSTALLED_APPS = ['a', 'b', 'c', 'a']",
        "class Base:\n    INSTALLED_APPS = ['a', 'b', 'c']",
        "INSTALLED_APPS = ['a', name, 'b', f(1, 2), 'c']",
    ],
)
def test_ways_to_write_the_list(code: str) -> None:
    modules = modules_of({"settings.py": code})
    assert strings_assigned(modules, ["settings.py"], APPS) == ("a", "b", "c")


@pytest.mark.parametrize(
    "files",
    [
        {
            "base.py": "INSTALLED_APPS = ['a']",
            "dev.py": "from base import *\nINSTALLED_APPS += ['b']",
        },
        {
            "base.py": "APPS = ['a']",
            "dev.py": "from base import APPS as A\nINSTALLED_APPS = A + ['b']",
        },
        {
            "base.py": "from dev import *\nINSTALLED_APPS = ['a']",
            "dev.py": "from base import *\nINSTALLED_APPS += ['b']",
        },
    ],
)
def test_settings_that_import_settings(files: Files) -> None:
    assert strings_assigned(modules_of(files), ["dev.py"], APPS) == ("a", "b")


def test_a_list_that_doubles_itself_stays_small() -> None:
    code = "INSTALLED_APPS = ['a', 'b']\n" + "INSTALLED_APPS += INSTALLED_APPS\n" * 60
    modules = modules_of({"settings.py": code})
    assert strings_assigned(modules, ["settings.py"], APPS) == ("a", "b")
