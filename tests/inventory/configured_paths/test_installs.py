"""Commands that install the project are told from those that install what it needs."""

from __future__ import annotations

import pytest

from relayout.inventory.configured_paths.installs import install_line, installs_project

FILES = {"requirements.txt": "requests\n", "dev.txt": "-r requirements.txt\n-e .[dev]  # us\n"}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pip install .", True),
        ("pip3 install --no-cache-dir -e .", True),
        ("python -m pip install '.[dev]'", True),
        ("pip install -e ./", True),
        ("pip install /app", True),
        ("pip install dist/*.whl", True),
        ("pip install -r dev.txt", True),
        ("uv pip install --system .", True),
        ("uv sync --frozen", True),
        ("poetry install --only main", True),
        ("pdm install --prod", True),
        ("python setup.py install", True),
        ("pip install -r requirements.txt", False),
        ("pip install requests", False),
        ("pip download .", False),
        ("uv sync --frozen --no-install-project", False),
        ("uv pip install requests", False),
        ("poetry install --no-root", False),
        ("poetry config virtualenvs.create false", False),
        ("apt-get install .", False),
        ("cp . /app", False),
    ],
)
def test_what_installs_the_project(command: str, expected: bool) -> None:
    found = installs_project(command.split(), lambda path: path == "/app", lambda p: FILES[p])
    assert found is expected


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("pip install -r requirements.txt", "RUN pip install --no-deps -e ."),
        ("uv sync --no-install-project", "RUN uv sync"),
        (
            "uv pip install --system -r requirements.txt",
            "RUN uv pip install --system --no-deps -e .",
        ),
        ("poetry install --no-root", "RUN poetry install --only-root"),
        ("apt-get update", "RUN pip install --no-deps -e ."),
    ],
)
def test_the_line_to_add_is_written_as_the_image_installs(command: str, line: str) -> None:
    assert install_line([command.split()], ".") == line
