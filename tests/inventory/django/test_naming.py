from __future__ import annotations

import pytest
from tests.inventory.django.trees import MANAGE, MODELS, Files, the_project

CONFIG: Files = {
    "manage.py": MANAGE.replace("shop.settings", "config.settings"),
    "config/settings.py": "INSTALLED_APPS = []",
}
NAME = "[metadata]\nname = acme\n"
METADATA = "[project]\nname = 'acme-etl'\n"


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"manage.py": MANAGE, "shop/settings.py": "INSTALLED_APPS = []"}, "shop"),
        (CONFIG, ""),
        ({f"acme-shop/{path}": text for path, text in CONFIG.items()}, "acme_shop"),
        ({**CONFIG, "pyproject.toml": METADATA, "orders/models.py": MODELS}, "acme_etl"),
        ({**CONFIG, "setup.cfg": NAME}, "acme"),
        ({**CONFIG, "orders/models.py": MODELS}, "orders"),
        ({**CONFIG, "orders/models.py": MODELS, "sales/models.py": MODELS}, ""),
        (
            {"setup.cfg": NAME, "orders/__init__.py": "", "orders/models.py": MODELS},
            "orders",
        ),
        ({f"AcmeShop/{path}": text for path, text in CONFIG.items()}, "acme_shop"),
        ({f"2024/{path}": text for path, text in CONFIG.items()}, ""),
    ],
)
def test_what_a_project_calls_itself(files: Files, name: str) -> None:
    assert the_project(files).name == name
