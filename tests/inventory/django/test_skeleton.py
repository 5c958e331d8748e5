from __future__ import annotations

from tests.inventory.django.trees import (
    COMMAND,
    MODELS,
    SHOP,
    VIEWS,
    Files,
    free_modules,
    the_project,
)


def reasons(files: Files) -> dict[str, str]:
    """Return the reasons for the modules of a project that has the app ``orders`` and more."""
    return dict(the_project({**SHOP, **files}).skeleton)


def free(files: Files) -> set[str]:
    return free_modules(the_project({**SHOP, **files}))


def test_the_skeleton_of_the_smallest_project() -> None:
    assert reasons({}) == {
        "manage.py": "it starts Django's commands",
        "orders/__init__.py": "it marks a package of Django",
        "orders/models.py": "Order is a model",
        "shop/__init__.py": "it marks a package of Django",
        "shop/settings.py": "it holds settings of the project",
    }


def test_code_that_uses_models_is_no_skeleton() -> None:
    code = "from orders.models import Order\ndef load(): Order.objects.create()"
    assert free({"orders/services.py": code}) == {"orders/services.py"}


def test_what_a_command_needs_is_code() -> None:
    files = {
        "orders/management/commands/load.py": COMMAND + "from orders import clean, export\n",
        "orders/clean.py": "from .words import split",
        "orders/words.py": "def split(): pass",
        "orders/export.py": "from django.http import HttpResponse\ndef f(): HttpResponse()",
        "orders/views.py": VIEWS + "from orders.clean import split\n",
    }
    assert free(files) == {"orders/clean.py", "orders/words.py", "orders/export.py"}


def test_what_a_command_needs_stays_code_though_it_imports_views() -> None:
    files = {
        "orders/management/commands/load.py": COMMAND + "from orders.clean import clean\n",
        "orders/clean.py": "from orders.views import index\ndef clean(): pass",
        "orders/views.py": VIEWS,
    }
    assert free(files) == {"orders/clean.py"}
    assert reasons(files)["orders/views.py"] == "index takes a request"


def test_what_a_command_loads_by_name_is_code() -> None:
    files = {
        "orders/management/commands/load.py": COMMAND
        + "STEPS = ['steps.clean', 'steps.join.Join']",
        "steps/__init__.py": "",
        "steps/clean.py": "from django.http import HttpResponse\ndef run(): pass",
        "steps/join.py": "class Join: pass",
    }
    assert free(files) == {"steps/__init__.py", "steps/clean.py", "steps/join.py"}


def test_what_imports_views_or_forms_is_skeleton_up_to_the_last_importer() -> None:
    files = {
        "orders/views.py": VIEWS,
        "orders/pages.py": "from .views import index\ndef pages(): pass",
        "orders/menu.py": "from orders import pages\ndef menu(): pass",
    }
    assert reasons(files)["orders/pages.py"] == "it imports orders/views.py"
    assert reasons(files)["orders/menu.py"] == "it imports orders/pages.py"


def test_what_only_the_web_application_uses_is_skeleton() -> None:
    files = {
        "orders/views.py": VIEWS + "from .charts import draw\n",
        "orders/charts.py": "from .colours import RED\ndef draw(): pass",
        "orders/colours.py": "RED = 1",
        "orders/tests/test_charts.py": "from orders.charts import draw\ndef test_it(): draw()",
    }
    assert reasons(files)["orders/charts.py"] == "only the web application uses it"
    assert reasons(files)["orders/colours.py"] == "only the web application uses it"
    assert reasons(files)["orders/tests/test_charts.py"] == "it imports orders/charts.py"


def test_what_the_web_application_and_jobs_use_is_code() -> None:
    files = {
        "orders/views.py": VIEWS + "from .charts import draw\nfrom .queue import later\n",
        "orders/charts.py": "def draw(): pass",
        "orders/queue.py": "from celery import shared_task\n@shared_task\ndef later(): pass",
        "report.py": "from orders.charts import draw\nif __name__ == '__main__':\n    draw()",
        "tests/test_charts.py": "from orders.charts import draw\ndef test_it(): draw()",
    }
    assert free(files) == {
        "orders/charts.py",
        "orders/queue.py",
        "report.py",
        "tests/test_charts.py",
    }


def test_what_a_program_needs_is_code_too() -> None:
    files = {
        "orders/views.py": VIEWS,
        "orders/tasks.py": "from orders import reports\ndef send(): pass",
        "orders/reports.py": "from orders.views import index\ndef report(): pass",
        "schedule.py": "import django\ndjango.setup()\nfrom orders import tasks\ntasks.send()",
        "check.py": "from orders.views import index\nif __name__ == '__main__':\n    index(None)",
    }
    assert free(files) == {"orders/tasks.py", "orders/reports.py", "schedule.py"}
    assert reasons(files)["check.py"] == "it imports orders/views.py"


def test_what_nothing_uses_is_left_to_the_layout() -> None:
    assert free({"orders/unused.py": "def f(): pass"}) == {"orders/unused.py"}


def test_tests_that_need_models_are_skeleton() -> None:
    files = {
        "orders/management/commands/load.py": COMMAND + "from orders.services import load\n",
        "orders/services.py": "from orders.models import Order\ndef load(): pass",
        "orders/tests/test_models.py": "from orders.models import Order\ndef test_it(): Order()",
        "orders/tests/test_services.py": "from orders.services import load\ndef test_it(): load()",
        "orders/tests/test_web/test_page.py": "from django.test import Client\ndef test_it(): ...",
        "orders/tests/test_web/conftest.py": "import pytest",
        "orders/tests/conftest.py": "import pytest",
    }
    assert free(files) == {
        "orders/services.py",
        "orders/tests/test_services.py",
        "orders/tests/conftest.py",
    }


def test_what_helps_tests_goes_with_them() -> None:
    files = {
        "orders/words.py": "def split(): pass",
        "orders/tests/test_words.py": "from orders.words import split\nfrom .make import order",
        "orders/tests/make.py": "def order(): pass",
        "orders/tests/page.py": "def page(): pass",
        "orders/tests/test_page.py": "from django.test import Client\nfrom . import make, page",
        "orders/tests/try_it.py": "import os\nif __name__ == '__main__':\n    print(os)",
    }
    assert free(files) == {
        "orders/words.py",
        "orders/tests/test_words.py",
        "orders/tests/make.py",
    }


def test_what_settings_name_is_skeleton() -> None:
    files = {
        "shop/settings.py": (
            "INSTALLED_APPS = ['orders']\nMIDDLEWARE = ['shop.timing.Timing']\n"
            "TEMPLATES = [{'OPTIONS': {'context_processors': ['shop.context.names']}}]\n"
            "STEPS = ['etl.steps.Clean']\n"
        ),
        "shop/timing.py": "class Timing:\n    def __call__(self, request): pass",
        "shop/context.py": "def names(request): return {}",
        "etl/steps.py": "from orders.models import Order\nclass Clean: pass",
        "orders/management/commands/load.py": COMMAND + "import etl.steps\n",
    }
    assert reasons(files)["shop/timing.py"] == "MIDDLEWARE of the settings names it"
    assert reasons(files)["shop/context.py"] == "TEMPLATES of the settings names it"
    assert free(files) == {"etl/steps.py"}


def test_markers_stand_with_what_they_mark() -> None:
    files = {
        "apps/__init__.py": "",
        "apps/web/__init__.py": "default_app_config = 'apps.web.apps.Web'",
        "apps/web/views.py": VIEWS,
        "orders/migrations/__init__.py": "",
        "orders/management/__init__.py": "",
        "orders/management/commands/__init__.py": "",
        "orders/services/__init__.py": "",
        "orders/services/load.py": "def load(): pass",
        "orders/management/commands/load.py": COMMAND + "import orders.services.load, apps.web\n",
    }
    assert free(files) == {"orders/services/__init__.py", "orders/services/load.py"}


def test_the_module_of_an_app_that_collects_models_is_one_of_models_whatever_else_it_has() -> None:
    files = {
        "orders/models.py": None,
        "orders/models/__init__.py": "from .order import Order\nfrom .sums import add\n",
        "orders/models/order.py": MODELS,
        "orders/models/sums.py": "def add(a, b):\n    return a + b\n",
        "orders/api.py": (
            "from orders.models.order import Order\nfrom orders.models.sums import add\n"
        ),
        "orders/management/commands/load.py": COMMAND + "from orders import api, models\n",
    }
    given = {path: text for path, text in {**SHOP, **files}.items() if text is not None}
    project = the_project(given)
    assert project.skeleton["orders/models/__init__.py"] == "it collects models"
    assert free_modules(project) == {"orders/models/sums.py", "orders/api.py"}


def test_modules_that_collect_models_are_models() -> None:
    files = {
        "orders/models.py": "from .db import *",
        "orders/db/__init__.py": "from .order import Order\n__all__ = ['Order']",
        "orders/db/order.py": MODELS,
        "orders/services.py": "from orders.models import Order\ndef load(): pass",
        "orders/parts/__init__.py": "from ..services import load\nfrom ..models import Order",
    }
    assert free(files) == {"orders/services.py", "orders/parts/__init__.py"}
    assert reasons(files)["orders/models.py"] == "it collects models"


def test_all_of_an_app_that_stands_alone_is_for_others() -> None:
    files = {
        "reusable/__init__.py": "",
        "reusable/models.py": MODELS,
        "reusable/admin.py": "from django.contrib import admin\nfrom reusable.names import NAME",
        "reusable/names.py": "NAME = 1",
        "reusable/dates.py": "from django.forms import DateField\nFORMATS = DateField().formats",
        "reusable/tests/test_names.py": "from reusable.names import NAME\ndef test_it(): ...",
    }
    assert free_modules(the_project(files)) == {
        "reusable/names.py",
        "reusable/dates.py",
        "reusable/tests/test_names.py",
    }
