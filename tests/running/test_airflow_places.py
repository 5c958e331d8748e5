"""Paths of a container are led to where a checkout has them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from relayout.running import airflow_places
from workbench import build_tree

PROGRAM = """\
import glob, os, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from airflow_places import lead

lead([("/opt/airflow", sys.argv[2]), ("/opt/airflow/dags", sys.argv[2] + "/flows"), ("/", "/no")])
assert open("/opt/airflow/dags/jobs.yml").read() == "jobs"
assert Path("/opt/airflow/dags/jobs.yml").read_text() == "jobs"
assert Path("/opt/airflow/dags").is_dir() and os.path.exists("/opt/airflow/etl/load.py")
assert os.listdir("/opt/airflow/dags") == ["jobs.yml"]
assert glob.glob("/opt/airflow/dags/*.yml") == ["/opt/airflow/dags/jobs.yml"]
assert not os.path.exists("/opt/airflow2") and not Path("/opt/airflow/gone").exists()
sys.path.append("/opt/airflow")
import etl.load
assert etl.load.ANSWER == 42
os.makedirs("/opt/airflow/made/deep", exist_ok=True)
os.chdir("/opt/airflow")
assert Path("made/deep").is_dir() and os.stat(0) and open(os.devnull)
print("done")
"""


def test_python_finds_what_is_there_in_the_container(tmp_path: Path) -> None:
    files = {"flows/jobs.yml": "jobs", "etl/load.py": "ANSWER = 42\n"}
    folder = build_tree(tmp_path / "checkout", files)
    program = Path(airflow_places.__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(program), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
