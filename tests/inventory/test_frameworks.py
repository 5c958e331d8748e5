from __future__ import annotations

from tests.inventory.django.trees import MODELS, SHOP, VIEWS, Files, projects

from relayout.inventory.frameworks import framework_files
from relayout.tree import Tree


def kept(files: Files) -> set[str]:
    return set(framework_files(Tree.of(files), projects(files)))


def test_the_packages_of_a_django_project_are_kept_whole() -> None:
    files = {
        **SHOP,
        "orders/services.py": "def load(): pass",
        "etl/load.py": "import orders.services",
        "tests/test_web.py": "from django.test import Client",
    }
    assert kept(files) == SHOP.keys() | {"orders/services.py"}


def test_modules_of_the_skeleton_beside_the_program_are_kept() -> None:
    files = {
        "web/manage.py": "import os\nfrom django.core.management import execute_from_command_line\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\nexecute_from_command_line()",
        "web/settings.py": "INSTALLED_APPS = []",
        "web/urls.py": "urlpatterns = []",
        "web/pages/views.py": VIEWS,
        "web/job.py": "import csv",
    }
    assert kept(files) == files.keys() - {"web/job.py"}


def test_apps_that_are_installed_elsewhere_are_not_bound_to_their_place() -> None:
    assert kept({"orders/__init__.py": "", "orders/models.py": MODELS}) == set()


def test_functions_of_azure_and_processors_of_pipelines() -> None:
    files = {
        "host.json": "{}",
        "function_app.py": "",
        "load/function.json": "{}",
        "load/main.py": "",
        "steps/pipeline-spec.yaml": "",
        "steps/clean.py": "",
        "other/job.py": "",
    }
    assert kept(files) == {"function_app.py", "load/main.py", "steps/clean.py"}
