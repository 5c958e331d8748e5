"""Commands of a shell, in all the ways that they are written."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "scripts/common.sh": "tools/common.sh",
    "scripts/start.sh": "tools/start.sh",
}
STAYS = ("config/a.yaml", "tasks/notes.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f() { python utils/load.py; }", "f() { python -m pkg.utils.load; }"),
        ("function f { python utils/load.py\n}", "function f { python -m pkg.utils.load\n}"),
        ("f() (\n python utils/load.py\n)", "f() (\n python -m pkg.utils.load\n)"),
        (
            "if ! python utils/load.py; then echo; fi",
            "if ! python -m pkg.utils.load; then echo; fi",
        ),
        (
            "until python utils/load.py; do sleep 1; done",
            "until python -m pkg.utils.load; do sleep 1; done",
        ),
        ("timeout 10 python utils/load.py", "timeout 10 python -m pkg.utils.load"),
        ("nice -n 5 python utils/load.py", "nice -n 5 python -m pkg.utils.load"),
        ("sudo -u app python utils/load.py", "sudo -u app python -m pkg.utils.load"),
        ("env -i A=1 python utils/load.py", "env -i A=1 python -m pkg.utils.load"),
        ("flock -n /tmp/l python utils/load.py", "flock -n /tmp/l python -m pkg.utils.load"),
        ("srun python utils/load.py", "srun python -m pkg.utils.load"),
        ("eval python utils/load.py", "eval python -m pkg.utils.load"),
        ("x=`python utils/load.py`", "x=`python -m pkg.utils.load`"),
        ("python utils/load.py&&echo ok", "python -m pkg.utils.load&&echo ok"),
        ("python utils/load.py|tee log", "python -m pkg.utils.load|tee log"),
        ("python -O -B utils/load.py", "python -O -B -m pkg.utils.load"),
        ("python3 -mutils.load", "python3 -mpkg.utils.load"),
        ("coverage run utils/load.py", "coverage run -m pkg.utils.load"),
        (
            "coverage run --source=utils -m utils.load",
            "coverage run --source=src/pkg/utils -m pkg.utils.load",
        ),
        ("python -m coverage run utils/load.py", "python -m coverage run -m pkg.utils.load"),
        ("python -m cProfile -o out utils/load.py", "python -m cProfile -o out -m pkg.utils.load"),
        ("${PYTHON:-python} utils/load.py", "${PYTHON:-python} -m pkg.utils.load"),
        ('"$VENV/bin/python" utils/load.py', '"$VENV/bin/python" -m pkg.utils.load'),
        (
            'PY="poetry run python"\n$PY utils/load.py',
            'PY="poetry run python"\n$PY -m pkg.utils.load',
        ),
        ("FLASK_APP=utils.load flask run", "FLASK_APP=pkg.utils.load flask run"),
        ("export APP=utils.load:app", "export APP=pkg.utils.load:app"),
        ("uv run pytest utils/load.py::test_x", "uv run pytest src/pkg/utils/load.py::test_x"),
        (
            "cd utils || exit 1\npython load.py",
            "cd src/pkg/utils || exit 1\npython -m pkg.utils.load",
        ),
        (
            "python utils/load.py --sql sql/x.sql --dir sql",
            "python -m pkg.utils.load --sql src/pkg/sql/x.sql --dir src/pkg/sql",
        ),
    ],
)
def test_what_runs_a_program_follows(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("trap 'python utils/load.py' EXIT", "trap 'python -m pkg.utils.load' EXIT"),
        ("bash -c 'python utils/load.py'", "bash -c 'python -m pkg.utils.load'"),
        (
            'sh -c "cd utils && python load.py"',
            'sh -c "cd src/pkg/utils && python -m pkg.utils.load"',
        ),
        ("timeout 60 sh -c 'python utils/load.py'", "timeout 60 sh -c 'python -m pkg.utils.load'"),
        ("alias x='python utils/load.py'", "alias x='python -m pkg.utils.load'"),
        ('CMD="python utils/load.py"\n$CMD', 'CMD="python -m pkg.utils.load"\n$CMD'),
        ('echo "$(cat sql/x.sql)"', 'echo "$(cat src/pkg/sql/x.sql)"'),
    ],
)
def test_a_command_in_a_word_follows(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cat <sql/x.sql", "cat <src/pkg/sql/x.sql"),
        ("echo hi >>sql/x.sql", "echo hi >>src/pkg/sql/x.sql"),
        ("psql <sql/x.sql >config/a.yaml 2>&1", "psql <src/pkg/sql/x.sql >config/a.yaml 2>&1"),
        ("psql 2>sql/x.sql", "psql 2>src/pkg/sql/x.sql"),
        ("cat <<EOF > sql/x.sql\ntext\nEOF", "cat <<EOF > src/pkg/sql/x.sql\ntext\nEOF"),
        ("python - < utils/load.py", "python - < src/pkg/utils/load.py"),
    ],
)
def test_a_redirection_follows(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Q=sql\npsql -f $Q/x.sql", "Q=src/pkg/sql\npsql -f $Q/x.sql"),
        ('D="utils sql"\nruff check $D', 'D="src/pkg/utils src/pkg/sql"\nruff check $D'),
        (
            "export SCRIPT=utils/load.py; python $SCRIPT",
            "export SCRIPT=src/pkg/utils/load.py; python $SCRIPT",
        ),
        ('S="utils/load.py"\npython "$S" --x', 'S="src/pkg/utils/load.py"\npython "$S" --x'),
        ("A=utils\nB=$A/load.py\npython $B", "A=src/pkg/utils\nB=$A/load.py\npython $B"),
        ("FILES=(utils/load.py utils/db.py)", "FILES=(src/pkg/utils/load.py src/pkg/utils/db.py)"),
        ("DIRS=(utils\n  sql\n)", "DIRS=(src/pkg/utils\n  src/pkg/sql\n)"),
        (
            "for d in utils sql; do ls $d; done",
            "for d in src/pkg/utils src/pkg/sql; do ls $d; done",
        ),
        ("FILE=${1:-sql/x.sql}", "FILE=${1:-src/pkg/sql/x.sql}"),
        (": ${SQL:=sql/x.sql}", ": ${SQL:=src/pkg/sql/x.sql}"),
        ('ROOT=.\npython "$ROOT"/utils/load.py', "ROOT=.\npython -m pkg.utils.load"),
    ],
)
def test_a_variable_follows_where_it_is_used_as_a_path(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cd $(dirname $0)\npython utils/load.py", "cd $(dirname $0)\npython -m pkg.utils.load"),
        ("cd ${0%/*}/utils", "cd ${0%/*}/src/pkg/utils"),
        ('source "$(dirname "$0")/scripts/common.sh"', 'source "$(dirname "$0")/tools/common.sh"'),
        (
            'cd "$(dirname "$(readlink -f "$0")")"\npython utils/load.py',
            'cd "$(dirname "$(readlink -f "$0")")"\npython -m pkg.utils.load',
        ),
        (
            "HERE=$(cd utils && pwd)\ncat sql/x.sql",
            "HERE=$(cd src/pkg/utils && pwd)\ncat src/pkg/sql/x.sql",
        ),
        (
            "pushd utils\npython load.py\npopd\ncat sql/x.sql",
            "pushd src/pkg/utils\npython -m pkg.utils.load\npopd\ncat src/pkg/sql/x.sql",
        ),
        (
            "cd $SLURM_SUBMIT_DIR\npython utils/load.py",
            "cd $SLURM_SUBMIT_DIR\npython -m pkg.utils.load",
        ),
        (
            'cd "$(git rev-parse --show-toplevel)"\npython utils/load.py',
            'cd "$(git rev-parse --show-toplevel)"\npython -m pkg.utils.load',
        ),
    ],
)
def test_the_folder_of_a_command_is_known(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[ -d utils ]] && ls", "[[ -d src/pkg/utils ]] && ls"),
        ("test ! -f utils/load.py", "test ! -f src/pkg/utils/load.py"),
        (
            "find utils -name '*.py' -exec python {} \\;",
            "find src/pkg/utils -name '*.py' -exec python {} \\;",
        ),
        ("find . -path ./utils -prune", "find . -path ./src/pkg/utils -prune"),
        ("docker run -v $PWD/utils:/app img", "docker run -v $PWD/src/pkg/utils:/app img"),
        (
            "docker run --mount type=bind,source=$PWD/utils,target=/app img",
            "docker run --mount type=bind,source=$PWD/src/pkg/utils,target=/app img",
        ),
        (
            "docker build -t utils -f config/a.yaml utils",
            "docker build -t utils -f config/a.yaml src/pkg/utils",
        ),
        ("docker compose -f sql/x.sql up utils", "docker compose -f src/pkg/sql/x.sql up utils"),
        ("git -C utils status", "git -C src/pkg/utils status"),
        ("git log -- utils", "git log -- src/pkg/utils"),
        ("grep -r utils utils", "grep -r utils src/pkg/utils"),
        ("tar -C sql -czf x.tgz x.sql", "tar -C src/pkg/sql -czf x.tgz x.sql"),
        ("flake8 --exclude=utils,sql/x.sql", "flake8 --exclude=src/pkg/utils,src/pkg/sql/x.sql"),
        ("curl -F file=@sql/x.sql host", "curl -F file=@src/pkg/sql/x.sql host"),
        ("make -C utils sql", "make -C src/pkg/utils sql"),
        ("kubectl apply -f sql/x.sql", "kubectl apply -f src/pkg/sql/x.sql"),
        ("aws s3 sync sql s3://b/sql", "aws s3 sync src/pkg/sql s3://b/sql"),
        ("mypy utils/load.py", "mypy src/pkg/utils/load.py"),
        ("$PYTEST_BASE utils/load.py", "$PYTEST_BASE src/pkg/utils/load.py"),
        ("flake8 --exclude utils,sql .", "flake8 --exclude src/pkg/utils,src/pkg/sql ."),
        ("pytest --cov utils -k sql", "pytest --cov src/pkg/utils -k sql"),
        (
            "for t in load db; do cat utils/$t.py; done",
            "for t in load db; do cat src/pkg/utils/$t.py; done",
        ),
    ],
)
def test_what_a_program_takes_for_a_path_follows(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "find . -name utils",
        '[ "$1" = utils ] && ls',
        '[[ "$f" =~ ^utils/ ]]',
        "T=sql\necho $T",
        "TABLES=(sql utils)",
        "pytest -m utils -k sql",
        "make utils",
        "docker push utils",
        "docker run --rm utils sql",
        "git push origin utils",
        "git commit -m 'fix utils/load.py'",
        "pip install utils",
        "pip install foo>=1.0",
        "spark-submit --name utils config/a.yaml",
        'cat <<<"utils"',
        "grep utils config/a.yaml",
        "sed 's#utils#sql#' config/a.yaml",
        "scp host:utils/load.py .",
        "case $1 in\n utils) ls;;\nesac",
        "RED='\\033[0;31m'",
        "echo utils > out",
        "ls *.py",
        "PYTHONPATH=utils python config/a.yaml",
        "which python utils",
    ],
)
def test_what_only_looks_like_a_path_is_left(text: str) -> None:
    assert followed("run.sh", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "ssh host 'python utils/load.py'",
            "1: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        (
            "docker compose exec app python utils/load.py",
            "1: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        (
            'docker run -v "$PWD":/app -w /app img python utils/load.py',
            "1: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        (
            "cd /srv/app\npython utils/load.py",
            "2: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        (
            "cd\npython utils/load.py",
            "2: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        ("python utils/{load,db}.py", "1: it seems to name utils, which is now src/pkg/utils"),
    ],
)
def test_what_runs_elsewhere_is_reported(text: str, message: str) -> None:
    assert followed("run.sh", text, MOVES, STAYS) == (text, [message])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#!/bin/sh\npython utils/load.py", "#!/bin/sh\npython -m pkg.utils.load"),
        (
            "#!/usr/bin/env bash\npython utils/load.py",
            "#!/usr/bin/env bash\npython -m pkg.utils.load",
        ),
        (
            "#! /bin/bash -e\r\npython utils/load.py\r\n",
            "#! /bin/bash -e\r\npython -m pkg.utils.load\r\n",
        ),
    ],
)
def test_a_file_without_an_ending_is_a_script_if_it_says_so(before: str, after: str) -> None:
    assert followed("bin/nightly", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "python utils/load.py",
        "#!/usr/bin/env python\nutils/load.py",
        "\x00ÿ",
    ],
)
def test_a_file_without_an_ending_is_no_script_else(text: str) -> None:
    assert followed("bin/nightly", text, MOVES, STAYS) == (text, [])
