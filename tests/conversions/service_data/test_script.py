"""The script is run for real, by each POSIX shell that is here, in a folder with such data."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from relayout.conversions.service_data.script import service_data_script
from relayout.planning.homes import Home
from relayout.planning.plan import Move, Plan
from relayout.planning.service_data import SCRIPT as PATH
from relayout.tree import Tree

SHELLS = [shell for shell in ("dash", "bash", "busybox") if shutil.which(shell)]
SECRET = 0o700


@pytest.fixture(params=SHELLS or ["sh"])
def shell(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def plan_of(*moves: tuple[str, str]) -> Plan:
    made = tuple(Move(source, target, "service-data", "") for source, target in moves)
    return Plan("pipeline-centric", (Home("pipelines"),), moves=made)


def script_for(*names: str, tracked: tuple[str, ...] = ()) -> bytes:
    folders = [(f"data/{name}", f"data/services/{name}") for name in names]
    files = [(f"data/{path}", f"data/services/{path}") for path in tracked]
    before = Tree.of(dict.fromkeys((old for old, _ in files), "")).with_places(
        old for old, _ in folders
    )
    return service_data_script(plan_of(*folders, *files), before)[PATH]


class Repository:
    """A folder with the script in it, and what is below ``data/``."""

    def __init__(self, root: Path, shell: str, script: bytes) -> None:
        self.root, self.shell = root, shell
        self.write({PATH: script.decode()})

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def data(self) -> dict[str, str]:
        found = {p.relative_to(self.root).as_posix(): p for p in self.root.glob("data/**/*")}
        return {name: p.read_text(encoding="utf-8") for name, p in found.items() if p.is_file()}

    def run(self, *arguments: str, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
        program = [self.shell, "sh"] if self.shell == "busybox" else [self.shell]
        return subprocess.run(
            [*program, str(self.root / PATH), *arguments],
            cwd="/",
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )


def test_nothing_is_written_if_nothing_moves() -> None:
    tree = Tree.of({"data/orders/.gitkeep": ""})
    assert service_data_script(plan_of(), tree) == {}
    elsewhere = Move("data/orders/.gitkeep", "pipelines/orders/data/.gitkeep", "parts", "")
    plan = Plan("pipeline-centric", (Home("pipelines"),), moves=(elsewhere,))
    assert service_data_script(plan, tree) == {}


def test_data_moves_and_comes_back_whatever_its_name(tmp_path: Path, shell: str) -> None:
    odd = "it's $HOME & more"
    repository = Repository(tmp_path / "a b", shell, script_for("postgres", odd))
    before = {"data/postgres/base/1": "rows", f"data/{odd}/x y": "z", "data/other/a": "stays"}
    repository.write(before)
    done = repository.run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "data/postgres -> data/services/postgres" in done.stdout
    assert repository.data() == {
        "data/services/postgres/base/1": "rows",
        f"data/services/{odd}/x y": "z",
        "data/other/a": "stays",
    }
    undone = repository.run("--undo")
    assert (undone.returncode, undone.stderr) == (0, "")
    assert repository.data() == before


@pytest.mark.parametrize("arguments", [(), ("--undo",)])
def test_it_can_be_run_twice(tmp_path: Path, shell: str, arguments: tuple[str, ...]) -> None:
    repository = Repository(tmp_path, shell, script_for("minio", "redis"))
    repository.write({"data/minio/a": "1"})
    repository.run()
    first, data = repository.run(*arguments), repository.data()
    again = repository.run(*arguments)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "is in its place already" in again.stdout
    assert "there is nothing to move" in again.stdout
    assert repository.data() == data


def test_what_was_begun_is_finished(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("minio", "redis"))
    repository.write({"data/services/minio/a": "1", "data/redis/b": "2"})
    assert repository.run().returncode == 0
    assert repository.data() == {"data/services/minio/a": "1", "data/services/redis/b": "2"}


def test_data_at_both_places_stops_it_before_anything_moves(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("minio", "redis"))
    before = {"data/minio/a": "1", "data/redis/b": "old", "data/services/redis/c": "new"}
    repository.write(before)
    for arguments in ((), ("--undo",)):
        done = repository.run(*arguments)
        assert done.returncode == 2
        assert "there is data in data/" in done.stderr
        assert repository.data() == before


def test_folders_that_docker_made_anew_are_not_in_the_way(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("flink"))
    repository.write({"data/flink/checkpoints/a": "1"})
    (tmp_path / "data/services/flink/checkpoints").mkdir(parents=True)
    assert repository.run().returncode == 0
    assert repository.data() == {"data/services/flink/checkpoints/a": "1"}
    (tmp_path / "data/flink/checkpoints").mkdir(parents=True)
    again = repository.run()
    assert (again.returncode, "in its place already" in again.stdout) == (0, True)
    assert repository.data() == {"data/services/flink/checkpoints/a": "1"}


def test_what_git_has_stays_where_git_has_it(tmp_path: Path, shell: str) -> None:
    tracked = ("minio/.gitkeep", "minio/init/set up.sql")
    repository = Repository(tmp_path, shell, script_for("minio", tracked=tracked))
    moved_by_git = {f"data/services/{path}": "git" for path in tracked}
    repository.write({**moved_by_git, "data/minio/init/state": "1", "data/minio/bucket/a": "2"})
    assert repository.run().returncode == 0
    mine = {"data/services/minio/init/state": "1", "data/services/minio/bucket/a": "2"}
    assert repository.data() == {**moved_by_git, **mine}
    assert repository.run().returncode == 0
    assert repository.run("--undo").returncode == 0
    back = {"data/minio/init/state": "1", "data/minio/bucket/a": "2"}
    assert repository.data() == {**moved_by_git, **back}
    assert repository.run("--undo").returncode == 0
    assert repository.data() == {**moved_by_git, **back}


def test_permissions_and_times_stay(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("postgres", tracked=("postgres/.gitkeep",)))
    repository.write({"data/postgres/PG_VERSION": "15", "data/services/postgres/.gitkeep": ""})
    (tmp_path / "data/postgres").chmod(SECRET)
    os.utime(tmp_path / "data/postgres/PG_VERSION", (1, 1))
    assert repository.run().returncode == 0
    moved = tmp_path / "data/services/postgres"
    assert stat.S_IMODE(moved.stat().st_mode) == SECRET
    assert (moved / "PG_VERSION").stat().st_mtime == 1
    assert (moved / ".gitkeep").exists()


def test_an_empty_folder_moves_with_its_permissions(tmp_path: Path, shell: str) -> None:
    tracked = ("grafana/.gitkeep",)
    repository = Repository(tmp_path, shell, script_for("grafana", "kafka", tracked=tracked))
    repository.write({"data/services/grafana/.gitkeep": ""})
    (tmp_path / "data/kafka/log").mkdir(parents=True)
    (tmp_path / "data/kafka").chmod(0o777)
    for _ in range(2):
        assert repository.run().returncode == 0
        assert stat.S_IMODE((tmp_path / "data/services/kafka").stat().st_mode) == 0o777
        assert not (tmp_path / "data/kafka").exists()
    for _ in range(2):
        assert repository.run("--undo").returncode == 0
        assert stat.S_IMODE((tmp_path / "data/kafka").stat().st_mode) == 0o777
        assert not (tmp_path / "data/services/kafka").exists()
    assert repository.data() == {"data/services/grafana/.gitkeep": ""}


def test_a_relative_link_stops_it(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("minio"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/minio").symlink_to("../elsewhere")
    done = repository.run()
    assert (done.returncode, "is a link" in done.stderr) == (2, True)
    (tmp_path / "data/minio").unlink()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "data/minio").symlink_to(tmp_path / "elsewhere")
    assert repository.run().returncode == 0
    assert (tmp_path / "data/services/minio").is_symlink()


def test_it_does_not_move_data_under_running_services(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("minio"))
    repository.write({"data/minio/a": "1", "bin/docker": "#!/bin/sh\necho 0123456789ab\n"})
    (tmp_path / "bin/docker").chmod(0o755)
    path = f"{tmp_path}/bin:/usr/bin:/bin"
    done = repository.run(path=path)
    assert (done.returncode, "services are running" in done.stderr) == (2, True)
    assert repository.data() == {"data/minio/a": "1"}
    repository.write({"bin/docker": "#!/bin/sh\necho 'cannot connect' >&2\nexit 1\n"})
    assert repository.run(path=path).returncode == 0


def test_an_unknown_argument_changes_nothing(tmp_path: Path, shell: str) -> None:
    repository = Repository(tmp_path, shell, script_for("minio"))
    repository.write({"data/minio/a": "1"})
    done = repository.run("--redo")
    assert (done.returncode, "unknown argument" in done.stderr) == (2, True)
    assert repository.data() == {"data/minio/a": "1"}


def test_shellcheck_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "script"
    path.write_bytes(script_for("minio", "it's", tracked=("minio/.gitkeep",)))
    program = Path(sys.executable).with_name("shellcheck")  # it is a dependency of the tests
    done = subprocess.run([program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
