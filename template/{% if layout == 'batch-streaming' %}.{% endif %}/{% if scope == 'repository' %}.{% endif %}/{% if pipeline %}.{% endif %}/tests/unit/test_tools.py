"""The tools see what is wrong, and have nothing to say of this repository."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = "compile_requirements.py"
TERRAFORM = "check_terraform.py"


def run(root: Path, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "tools" / tool), *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of what the tools read."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("requirements", "tools", "infrastructure/terraform"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_requirements_hold_what_is_asked_for() -> None:
    done = run(ROOT, REQUIREMENTS, "--check")
    assert done.returncode == 0, done.stderr


def test_a_requirement_that_is_not_compiled_is_seen(repository: Path) -> None:
    pyproject = repository / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    text = text.replace("dependencies = [\n", 'dependencies = [\n  "added-since>=1",\n', 1)
    pyproject.write_text(text.replace('"pytest>=', '"pytest>=99,!='), encoding="utf-8")
    done = run(repository, REQUIREMENTS, "--check")
    assert done.returncode == 1
    for name in ("base", "cloud", "dev", "test"):
        assert f"requirements/{name}.txt: added-since>=1 is asked for, and nothing" in done.stderr
    assert "requirements/test.txt: pytest" in done.stderr
    assert "requirements/airflow.txt" not in done.stderr


def test_a_file_of_somebody_else_is_left_alone(repository: Path) -> None:
    for path in (repository / "requirements").glob("*.txt"):
        path.write_text("# Mine.\npytest\n", encoding="utf-8")
    done = run(repository, REQUIREMENTS, "--check")
    assert done.returncode == 0, done.stderr
    done = run(repository, REQUIREMENTS, "--uv", "/no/such/program")
    assert done.returncode == 0, done.stderr
    assert "requirements/base.txt was not written by this tool" in done.stdout


def test_terraform_is_sound() -> None:
    done = run(ROOT, TERRAFORM)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('output "x" {\n  value = var.gone\n}\n', "new.tf: var.gone is declared nowhere"),
        ('output "x" {\n  value = "a-${upper(local.gone)}"\n}\n', "local.gone is declared nowhere"),
        ('output "x" {\n  value = aws_s3_bucket.gone.arn\n}\n', "aws_s3_bucket.gone is declared"),
        ('output "x" {\n  value = data.aws_vpc.gone.id\n}\n', "data.aws_vpc.gone is declared"),
        ('variable "idle" {\n  type = string\n}\n', "var.idle is declared, and used nowhere"),
        ('output "x" {\n  value = [1,\n', "new.tf: cannot be read"),
    ],
)
def test_a_mistake_in_terraform_is_seen(repository: Path, text: str, message: str) -> None:
    (repository / "infrastructure" / "terraform" / "new.tf").write_text(text, encoding="utf-8")
    done = run(repository, TERRAFORM)
    assert done.returncode == 1
    assert message in done.stderr


def test_expressions_that_need_no_declaration_are_left_alone(repository: Path) -> None:
    (repository / "infrastructure" / "terraform" / "new.tf").write_text(
        'output "x" {\n'
        '  value = [for n in toset(["a.b", "c_d.e"]) : "${n}-${path.module}-${terraform.workspace}"]\n'
        "}\n",
        encoding="utf-8",
    )
    done = run(repository, TERRAFORM)
    assert done.returncode == 0, done.stderr
