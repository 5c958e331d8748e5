"""Converted code saves and reads rows with real Django, models of another package and sqlite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conversions.django.settings_projects import write
from conversions.django.uses_projects import LOAD, MODELS, ORDERS, SETTINGS, SETUP, Used, convert

CODE = """\
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from orders.models import Order


def run(numbers):
    with connection.schema_editor() as editor:
        editor.create_model(Order)
    with transaction.atomic():
        for number in numbers:
            Order.objects.create(number=number, weight=2, at=timezone.now())
    try:
        with transaction.atomic():
            Order.objects.create(number=numbers[0], weight=2, at=timezone.now())
    except IntegrityError:
        again = "refused"
    found = Order.objects.filter(Q(number="a") | Q(number="c")).order_by("number")
    total = Order.objects.aggregate(total=Sum("weight"))["total"]
    first = found.first()
    aware = timezone.is_aware(first.at), timezone.localtime(first.at).tzname() in ("CET", "CEST")
    names = [order.number for order in found]
    return names, total, again, aware, type(first.pk).__name__, connection.vendor
"""

ROWS = MODELS.replace("max_length=20)", "max_length=20, unique=True)") + (
    "    weight = models.IntegerField()\n    at = models.DateTimeField()\n"
)

BEFORE = """\
import json, os, sys
sys.path.insert(0, sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
import django
django.setup()
from orders.services.load import run
print(json.dumps(run(["a", "b", "c"])))
"""

AFTER = """\
import json, sys
sys.path[:0] = sys.argv[1:]
from shop.processors.load import run
print(json.dumps(run(["a", "b", "c"])))
"""

KNOWN = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


def run(
    folder: Path, program: str, *paths: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    env = {name: os.environ[name] for name in KNOWN if name in os.environ}
    command = [sys.executable, "-B", "-c", program, *map(str, paths)]
    return subprocess.run(
        command, cwd=folder, env={**env, **variables}, capture_output=True, text=True, check=False
    )


def schema(models: str = ROWS, app: str = "orders") -> dict[str, str]:
    """The files of an external package with one app."""
    base = f"schema/etl_schema/{app}"
    return {
        "schema/etl_schema/__init__.py": "",
        f"{base}/__init__.py": "",
        f"{base}/models.py": models,
    }


def after(folder: Path, used: Used, others: Mapping[str, str]) -> tuple[Path, Path]:
    """Write the package and the external one; return where each is imported from."""
    write(folder, {**used.after, **others})
    return folder / "packages/shop/src", folder / "schema"


def test_the_same_rows_before_and_after(tmp_path: Path) -> None:
    used = convert(CODE, ORDERS, {"orders/models.py": ROWS})
    project = {
        "project/settings.py": SETTINGS,
        "project/__init__.py": "",
        "orders/__init__.py": "",
        "orders/services/__init__.py": "",
        "orders/models.py": ROWS,
        "people/__init__.py": "",
        LOAD: CODE,
    }
    old = write(tmp_path / "before", project)
    was = run(old, BEFORE, old, DB_PATH=str(tmp_path / "before.sqlite3"))
    assert was.returncode == 0, was.stderr
    new = tmp_path / "after"
    paths = after(new, used, schema())
    now = run(new, AFTER, *paths, DB_PATH=str(tmp_path / "after.sqlite3"))
    assert now.returncode == 0, now.stderr
    expected = [["a", "c"], 6, "refused", [True, True], "int", "sqlite"]
    assert json.loads(was.stdout) == json.loads(now.stdout) == expected
    assert (tmp_path / "after.sqlite3").exists()
    assert used.said == []


def test_models_in_a_function_and_help_without_a_database(tmp_path: Path) -> None:
    """What imports models when it runs can be imported without the external package."""
    imports = "from django.db import IntegrityError, connection, transaction\n"
    models = "from orders.models import Order\n"
    code = CODE.replace(imports, "").replace(models, "")
    code = code.replace("(numbers):\n", f"(numbers):\n    {imports}    {models}")
    used = convert(code, ORDERS, {"orders/models.py": ROWS})
    paths = after(tmp_path, used, schema())
    done = run(tmp_path, AFTER, *paths, DB_PATH=str(tmp_path / "x.sqlite3"))
    assert done.returncode == 0, done.stderr
    alone = run(tmp_path, AFTER.partition("print")[0], paths[0])
    assert alone.returncode == 0, alone.stderr


def test_a_connection_alone(tmp_path: Path) -> None:
    code = (
        "from django.db import connections\n\n\ndef run(numbers):\n"
        "    with connections['default'].cursor() as cursor:\n"
        "        cursor.execute('SELECT 1 + %s', [2])\n        return cursor.fetchone()\n"
    )
    used = convert(code)
    paths = after(tmp_path, used, {})
    done = run(tmp_path, AFTER, *paths, DB_PATH=":memory:")
    assert (done.returncode, done.stdout) == (0, "[3]\n"), done.stderr


def test_users_of_django_itself(tmp_path: Path) -> None:
    """An app of Django is installed with those that its models refer to."""
    models = MODELS.replace(
        "    number",
        "    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)\n    number",
    ).replace("from django.db", "from django.conf import settings\nfrom django.db")
    code = (
        "from django.contrib.auth import get_user_model\nfrom django.apps import apps\n"
        "from django.core.management import call_command\n\nUser = get_user_model()\n\n\n"
        "def run(numbers):\n"
        "    call_command('migrate', run_syncdb=True, verbosity=0)\n"
        "    user = User.objects.create_user('ann', password='secret')\n"
        "    order = apps.get_model('orders', 'Order').objects.create(number='1', owner=user)\n"
        "    return order.owner.username, user.check_password('secret'), order.pk\n"
    )
    used = convert(code, ORDERS, {"orders/models.py": models})
    assert used.after[SETUP].index("contenttypes") < used.after[SETUP].index("etl_schema.orders")
    paths = after(tmp_path, used, schema(models))
    done = run(tmp_path, AFTER, *paths, DB_PATH=str(tmp_path / "x.sqlite3"))
    assert (done.returncode, done.stdout) == (0, '["ann", true, 1]\n'), done.stderr


def test_a_user_model_of_the_schema_package(tmp_path: Path) -> None:
    models = (
        "from django.contrib.auth.models import AbstractUser\nfrom django.db import models\n\n\n"
        "class Person(AbstractUser):\n    title = models.CharField(max_length=9)\n"
    )
    settings = SETTINGS + 'AUTH_USER_MODEL = "people.Person"\n'
    files = {"project/settings.py": settings, "people/models/__init__.py": models}
    code = (
        "from django.contrib.auth import get_user_model\n\nUser = get_user_model()\n\n\n"
        "def run(numbers):\n    return User._meta.label, User(title='Dr').title\n"
    )
    used = convert(code, [("etl_schema", ("people",))], files)
    paths = after(tmp_path, used, schema(models, "people"))
    done = run(tmp_path, AFTER, *paths)
    assert (done.returncode, done.stdout) == (0, '["people.Person", "Dr"]\n'), done.stderr


def test_what_configured_django_before_is_left_in_force(tmp_path: Path) -> None:
    code = (
        "from orders.models import Order\n\n\ndef run(numbers):\n    return Order._meta.app_label\n"
    )
    used = convert(code, ORDERS)
    paths = after(tmp_path, used, schema(MODELS))
    program = AFTER.replace(
        "from shop",
        "from django.conf import settings\n"
        "settings.configure(INSTALLED_APPS=['etl_schema.orders'], DATABASES={}, MARK=3)\nfrom shop",
    ).replace("json.dumps(", "settings.MARK, json.dumps(")
    done = run(tmp_path, program, *paths)
    assert (done.returncode, done.stdout) == (0, '3 "orders"\n'), done.stderr


def test_sorting_imports_keeps_the_order(tmp_path: Path) -> None:
    used = convert(CODE, ORDERS, {"orders/models.py": ROWS})
    after(tmp_path, used, schema())
    module = tmp_path / "packages/shop/src/shop/processors/load.py"
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "I,F401", "--fix"]
    done = subprocess.run(
        [*command, "--config", "src=['src']", str(module)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / "packages/shop",
    )
    assert done.returncode == 0, done.stdout
    lines = module.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if "django_setup" in line)
    assert all("etl_schema" not in line and "django.db" not in line for line in lines[:at])
    assert any("etl_schema.orders.models" in line for line in lines[at:])


def test_logs_caches_and_queries_are_as_they_were(tmp_path: Path) -> None:
    settings = SETTINGS + (
        "DEBUG = os.environ.get('DEBUG') == '1'\n"
        "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache',\n"
        "                      'KEY_PREFIX': 'jobs'}}\n"
        "LOGGING = {'version': 1, 'disable_existing_loggers': False,\n"
        "           'formatters': {'f': {'format': '%(levelname)s|%(name)s|%(message)s'}},\n"
        "           'handlers': {'h': {'class': 'logging.StreamHandler', 'formatter': 'f'}},\n"
        "           'loggers': {'jobs': {'handlers': ['h'], 'level': 'INFO'}}}\n"
    )
    code = (
        "import logging\nfrom django.core.cache import cache\nfrom django.db import connection\n"
        "from orders.models import Order\n\n\ndef run(numbers):\n"
        "    logging.getLogger('jobs').info('%s', Order._meta.label)\n    connection.cursor()\n"
        "    with connection.cursor() as cursor:\n        cursor.execute('SELECT 1')\n"
        "    return cache.make_key('a'), len(connection.queries)\n"
    )
    files = {"project/settings.py": settings}
    used = convert(code, ORDERS, files)
    folders = ("project", "orders", "orders/services", "people")
    markers = {f"{folder}/__init__.py": "" for folder in folders}
    old = write(tmp_path / "before", {**files, **markers, "orders/models.py": MODELS, LOAD: code})
    paths = after(tmp_path / "after", used, schema(MODELS))
    for debug in ("0", "1"):
        was = run(old, BEFORE, old, DB_PATH=":memory:", DEBUG=debug)
        now = run(tmp_path / "after", AFTER, *paths, DB_PATH=":memory:", DEBUG=debug)
        assert was.returncode == now.returncode == 0, was.stderr + now.stderr
        assert (was.stdout, was.stderr) == (now.stdout, now.stderr)
        assert was.stdout == f'["jobs:1:a", {debug}]\n'
        assert was.stderr == "INFO|jobs|orders.Order\n"
