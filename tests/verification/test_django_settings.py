"""Edits for settings that do anything but exchange where settings come from are not believed."""

from __future__ import annotations

import pytest

from relayout.source import Edit
from relayout.verification.django_settings import KIND
from verification.settings_proofs import proof, unchanged

NEW = "from shop.config import project_settings"
BEFORE = "from django.conf import settings\nimport os\nprint(settings.A, settings.B)\n"
LENGTH = len("from django.conf import settings")

TAMPERED = {
    "another module": "from shop.config import other as settings\nimport os\n",
    "another name": f"{NEW} as other\nimport os\n",
    "one more name": f"{NEW} as settings, environ\nimport os\n",
    "code behind it": f"{NEW} as settings; print(1)\nimport os\n",
    "no import": "settings = 1\nimport os\n",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_an_edit_that_does_anything_else_is_not_believed(what: str) -> None:
    after = TAMPERED[what] + "print(settings.A, settings.B)\n"
    replacement = TAMPERED[what].removesuffix("\nimport os\n")
    assert proof(BEFORE, after, (Edit(0, LENGTH, replacement, KIND),))


def test_a_use_of_another_setting_is_not_believed() -> None:
    after = f"{NEW} as settings\nimport os\nprint(settings.A, settings.C)\n"
    edit = Edit(0, LENGTH, f"{NEW} as settings", KIND)
    assert "another way" in proof(BEFORE, after, (edit,))


def test_an_edit_of_a_plain_value_is_not_believed() -> None:
    before = "import django.conf\nx = 5\nprint(django.conf.settings.A)\n"
    after = f"{NEW}\nx = 6\nprint(project_settings.A)\n"
    edits = (
        Edit(0, len("import django.conf"), NEW, KIND),
        Edit(before.index("5"), before.index("5") + 1, "6", KIND),
        Edit(before.index("django.conf.s"), before.index(".A"), "project_settings", KIND),
    )
    assert "covers something else" in proof(before, after, edits)


def test_an_edit_that_takes_another_import_along_is_not_believed() -> None:
    after = f"{NEW} as settings\nprint(settings.A, settings.B)\n"
    edit = Edit(0, LENGTH + len("\nimport os"), f"{NEW} as settings", KIND)
    assert "takes away os" in proof(BEFORE, after, (edit,))


def test_the_module_has_to_be_there() -> None:
    after = f"{NEW} as settings\nimport os\nprint(settings.A, settings.B)\n"
    edit = Edit(0, LENGTH, f"{NEW} as settings", KIND)
    assert proof(BEFORE, after, (edit,)) == ""
    assert "is not there" in proof(BEFORE, after, (edit,), module=False)


def test_a_whole_file_is_compared_beside_the_edits() -> None:
    after = f"{NEW} as settings\nimport os\nprint(settings.A, settings.B)\n"
    edit = Edit(0, LENGTH, f"{NEW} as settings", KIND)
    assert unchanged(BEFORE, after, (edit,))
    assert not unchanged(BEFORE, after.replace("print", "repr"), (edit,))


def test_a_name_in_a_formatted_string_may_not_become_another_one() -> None:
    before = 'import django.conf\nprint(f"{django.conf.settings.A} {django}")\n'
    after = f'{NEW}\nprint(f"{{project_settings.A}} {{project_settings}}")\n'
    edits = (
        Edit(0, len("import django.conf"), NEW, KIND),
        Edit(before.index("django.conf.s"), before.index(".A"), "project_settings", KIND),
        Edit(before.index("django}"), before.index('}")'), "project_settings", KIND),
    )
    assert "another way" in proof(before, after, edits)


def test_settings_that_are_reached_by_another_import_are_not_looked_at() -> None:
    before = "from django.conf import settings\nfrom project import settings as own\n"
    uses = "print(settings.A, own.B)\n"
    after = f"{NEW} as settings\n{NEW} as own\n{uses}"
    edit = Edit(0, LENGTH, f"{NEW} as settings", KIND)
    other = Edit(LENGTH + 1, len(before) - 1, f"{NEW} as own", "import")
    assert proof(before + uses, after, (edit, other)) == ""
