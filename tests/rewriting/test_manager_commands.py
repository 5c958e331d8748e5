"""What ``manage.py`` was told to run is run by its console script."""

from __future__ import annotations

from textwrap import dedent

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.rewriting.manager_commands import CliCommand, ManagerCommands
from relayout.tree import Tree

OLD = "shop/management/commands/load_orders.py"
MOVES = {
    "manage.py": "packages/acme/legacy_django/manage.py",
    "back/manage.py": "packages/back/legacy_django/manage.py",
    "fixtures/orders.json": "packages/acme/legacy_django/fixtures/orders.json",
    "shop/settings.py": "packages/acme/legacy_django/shop/settings.py",
    OLD: "packages/acme/src/acme/cli/load_orders.py",
}
COMMANDS = ManagerCommands(
    {
        "manage.py": {"load_orders": CliCommand("acme-load-orders", "acme.cli.load_orders")},
        "back/manage.py": {"send": CliCommand("back-send", "back.cli.send")},
    },
    frozenset({"load_fixtures"}),
)


def followed(path: str, text: str, moves: dict[str, str] = MOVES) -> tuple[str, list[str]]:
    """Return the text of a file after the moves, and its findings as ``code: message``."""
    tree = Tree.of({**dict.fromkeys(moves, ""), path: text})
    destination = Destination(tree, moves, (Home("acme", "packages/acme"),))
    made = follow_references(take_inventory(tree), destination, managers=COMMANDS)
    new_path = destination.of_file(path)
    content = made.contents.get(new_path, text.encode())
    return content.decode(), [f"{f.line} {f.code}: {f.message}" for f in made.findings]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python manage.py load_orders", "acme-load-orders"),
        ("python3 manage.py load_orders --all 2>x", "acme-load-orders --all 2>x"),
        ("./manage.py load_orders", "acme-load-orders"),
        ("poetry run python manage.py load_orders", "poetry run acme-load-orders"),
        ("python  ./manage.py \\\n\t  load_orders -v 2", "acme-load-orders -v 2"),
        ("python back/manage.py send && echo x", "back-send && echo x"),
        ('A=1 python manage.py load_orders "$DAY"', 'A=1 acme-load-orders "$DAY"'),
        ("python -u manage.py load_orders", "python -u -m acme.cli.load_orders"),
        ("python3.12 manage.py load_orders", "python3.12 -m acme.cli.load_orders"),
        ("/venv/bin/python manage.py load_orders", "/venv/bin/python -m acme.cli.load_orders"),
        ("$(PYTHON) manage.py load_orders x", "$(PYTHON) -m acme.cli.load_orders x"),
        ("python -m pdb manage.py load_orders", "python -m pdb -m acme.cli.load_orders"),
        ("python manage.py load_orders --skip-checks -v 0", "acme-load-orders -v 0"),
        ("poetry run django-admin load_orders x", "poetry run acme-load-orders x"),
        ("$(RUN) django-admin load_orders x", "$(RUN) acme-load-orders x"),
        ("python -m django load_orders x", "acme-load-orders x"),
        ("$(PYTHON) -m django load_orders x", "$(PYTHON) -m acme.cli.load_orders x"),
    ],
)
def test_a_command_is_run_by_its_console_script(command: str, expected: str) -> None:
    assert followed("Makefile", f"run:\n\t{command}\n") == (f"run:\n\t{expected}\n", [])
    assert followed("Makefile", f"run:\n\t@{command}\n") == (f"run:\n\t@{expected}\n", [])


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "Dockerfile",
            'FROM python:3.12\nCOPY . .\nCMD ["python", "manage.py", "load_orders", "--all"]\n',
            'FROM python:3.12\nCOPY . .\nCMD ["acme-load-orders", "--all"]\n',
        ),
        (
            "docker-compose.yml",
            "services:\n  a:\n    build: .\n    command: python manage.py load_orders --all\n",
            "services:\n  a:\n    build: .\n    command: acme-load-orders --all\n",
        ),
        (
            ".github/workflows/run.yml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          python manage.py load_orders\n",
            "jobs:\n  a:\n    steps:\n      - run: |\n          acme-load-orders\n",
        ),
        (
            "README.md",
            "Run it:\n\n```bash\n$ python manage.py load_orders --all\n```\n",
            "Run it:\n\n```bash\n$ acme-load-orders --all\n```\n",
        ),
        ("run.sh", "exec python manage.py load_orders\n", "exec acme-load-orders\n"),
        (
            "crontab",
            "0 3 * * * cd /srv/app && python manage.py load_orders >>/var/log/x 2>&1\n"
            "0 4 * * * /srv/venv/bin/python /srv/app/manage.py load_orders\n",
            "0 3 * * * cd /srv/app && acme-load-orders >>/var/log/x 2>&1\n"
            "0 4 * * * /srv/venv/bin/python -m acme.cli.load_orders\n",
        ),
        (
            "k8s/job.yaml",
            "kind: CronJob\ncontainers:\n- name: a\n  command:\n"
            '    - python\n    - "manage.py"\n    - load_orders\n    - --all\n',
            "kind: CronJob\ncontainers:\n- name: a\n  command:\n"
            "    - acme-load-orders\n    - --all\n",
        ),
        (
            "flows/load.yml",
            "id: a\nnamespace: b\ntasks:\n  - id: t\n"
            "    type: io.kestra.plugin.scripts.shell.Commands\n"
            "    commands:\n      - python manage.py load_orders\n",
            "id: a\nnamespace: b\ntasks:\n  - id: t\n"
            "    type: io.kestra.plugin.scripts.shell.Commands\n"
            "    commands:\n      - acme-load-orders\n",
        ),
        ("deploy.txt", "run ./manage.py load_orders\n", "run acme-load-orders\n"),
        (
            "package.json",
            '{"scripts": {"load": "python manage.py load_orders"}}\n',
            '{"scripts": {"load": "acme-load-orders"}}\n',
        ),
    ],
)
def test_in_every_kind_of_file(path: str, text: str, expected: str) -> None:
    assert followed(path, text) == (expected, [])


def test_options_of_djangos_go_and_are_reported() -> None:
    before = "run:\n\tpython manage.py load_orders --settings=shop.prod --all --pythonpath x\n"
    after, findings = followed("Makefile", before)
    assert after == "run:\n\tacme-load-orders --all\n"
    assert findings == [
        "2 django-manage-kept: a command without Django does not know "
        "--settings=shop.prod, --pythonpath x"
    ]


def test_commands_of_djangos_own_keep_naming_the_manager() -> None:
    before = dedent(
        """\
        run:
        \tpython manage.py load_orders
        \tpython manage.py migrate --noinput
        \tpython manage.py loaddata fixtures/orders.json
        \tpython manage.py migrate
        """
    )
    after, findings = followed("Makefile", before)
    legacy = "packages/acme/legacy_django"
    assert after.splitlines()[1:] == [
        "\tacme-load-orders",
        f"\tpython {legacy}/manage.py migrate --noinput",
        f"\tpython {legacy}/manage.py loaddata {legacy}/fixtures/orders.json",
        f"\tpython {legacy}/manage.py migrate",
    ]
    assert findings == [
        "3 django-manage-kept: it has manage.py run what only Django can: loaddata, migrate"
    ]


def test_commands_without_a_console_script_are_reported_apart() -> None:
    before = "run:\n\tpython manage.py migrate\n\tpython manage.py load_fixtures\n"
    _, findings = followed("Makefile", before)
    assert findings == [
        "2 django-manage-kept: it has manage.py run what only Django can: migrate",
        "3 django-manage-kept: it has manage.py run what went to the package and has no console "
        "script: load_fixtures",
    ]


def test_commands_of_djangos_own_are_reported_where_no_reader_looks() -> None:
    before = "First:\n\n    python manage.py migrate\n\nmanage.py is the manager.\n"
    assert followed("README.md", before) == (
        before,
        ["3 django-manage-kept: it has manage.py run what only Django can: migrate"],
    )


@pytest.mark.parametrize(
    "line",
    [
        "echo python manage.py load_orders",
        "# python manage.py load_orders",
        "python other/manage.py load_orders",
        "python manage.py load_orders_2",
        "python manage.py load_orders.txt",
        "python manage.py load orders",
        "django-admin load",
        "python -m django_load load_orders",
        "python manage.pyc load_orders",
    ],
)
def test_what_only_looks_like_a_call_stays(line: str) -> None:
    after, _ = followed("Makefile", f"run:\n\t{line}\n")
    assert "acme-load-orders" not in after
    assert "acme.cli" not in after


def test_in_quarantine_the_manager_stays() -> None:
    path = "shop/run.sh"
    moves = {**MOVES, path: "packages/acme/legacy_django/shop/run.sh"}
    after, _ = followed(path, "python manage.py load_orders\n", moves)
    assert "acme-load-orders" not in after
