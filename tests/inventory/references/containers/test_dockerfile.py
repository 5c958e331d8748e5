"""Dockerfiles name what they copy, where it goes, and what they run there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "main.py": "src/pkg/main.py",
    "rates.py": "src/pkg/rates.py",
}
STAYS = ("config/a.yaml", "tasks/notes.txt", "requirements.txt", "start.sh")
HEAD = "FROM python:3.12-slim\nWORKDIR /app\n"


def body_of(body: str, path: str = "Dockerfile") -> tuple[str, list[str]]:
    after, about = followed(path, HEAD + body, MOVES, STAYS)
    assert after.startswith(HEAD)
    return after[len(HEAD) :], about


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("COPY utils/ ./utils/", "COPY src/pkg/utils/ ./src/pkg/utils/"),
        ("COPY utils utils", "COPY src/pkg/utils src/pkg/utils"),
        ("COPY ../../utils /opt/", "COPY ../../src/pkg/utils /opt/"),
        ("COPY ./utils /app/utils", "COPY ./src/pkg/utils /app/src/pkg/utils"),
        ("COPY /utils /app/utils/", "COPY /src/pkg/utils /app/src/pkg/utils/"),
        ("copy utils/ utils/", "copy src/pkg/utils/ src/pkg/utils/"),
        ("ADD sql ./sql", "ADD src/pkg/sql ./src/pkg/sql"),
        ("COPY utils /opt/tools", "COPY src/pkg/utils /opt/tools"),
        ("COPY utils ./tools", "COPY src/pkg/utils ./tools"),
        ("COPY utils/ .", "COPY src/pkg/utils/ ."),
        ("COPY --chown=app:app --link utils/ ./utils/",
         "COPY --chown=app:app --link src/pkg/utils/ ./src/pkg/utils/"),
        ('COPY ["utils/", "./utils/"]', 'COPY ["src/pkg/utils/", "./src/pkg/utils/"]'),
        ('COPY --chmod=755 [ "main.py" , "/app/" ]',
         'COPY --chmod=755 [ "src/pkg/main.py" , "/app/src/pkg/" ]'),
        ("COPY main.py .", "COPY src/pkg/main.py src/pkg/"),
        ("COPY main.py ./", "COPY src/pkg/main.py ./src/pkg/"),
        ("COPY main.py /app", "COPY src/pkg/main.py /app/src/pkg/"),
        ("COPY main.py /app/", "COPY src/pkg/main.py /app/src/pkg/"),
        ("COPY main.py ./main.py", "COPY src/pkg/main.py ./src/pkg/main.py"),
        ("COPY main.py /app/main.py", "COPY src/pkg/main.py /app/src/pkg/main.py"),
        ("COPY main.py rates.py ./", "COPY src/pkg/main.py src/pkg/rates.py ./src/pkg/"),
        ("COPY utils/load.py utils/", "COPY src/pkg/utils/load.py src/pkg/utils/"),
        ("COPY main.py /usr/local/bin/", "COPY src/pkg/main.py /usr/local/bin/"),
        ("COPY main.py /run.py", "COPY src/pkg/main.py /run.py"),
        ("COPY utils/ \\\n  # the tools\n  ./utils/",
         "COPY src/pkg/utils/ \\\n  # the tools\n  ./src/pkg/utils/"),
        ("COPY utils/*.py ./utils/", "COPY src/pkg/utils/*.py ./src/pkg/utils/"),
        ("ONBUILD COPY utils/ ./utils/", "ONBUILD COPY src/pkg/utils/ ./src/pkg/utils/"),
        ("ARG SRC=utils\nCOPY ${SRC}/load.py /opt/",
         "ARG SRC=src/pkg/utils\nCOPY ${SRC}/load.py /opt/"),
        ("ENV HOME_DIR=/app\nCOPY utils $HOME_DIR/utils",
         "ENV HOME_DIR=/app\nCOPY src/pkg/utils $HOME_DIR/src/pkg/utils"),
        ("COPY --parents utils/load.py ./", "COPY --parents src/pkg/utils/load.py ./"),
        ("COPY . .\r\nCOPY utils ./utils\r\n",
         "COPY . .\r\nCOPY src/pkg/utils ./src/pkg/utils\r\n"),
        ("RUN --mount=type=bind,source=sql/x.sql,target=/x.sql psql -f /x.sql",
         "RUN --mount=type=bind,source=src/pkg/sql/x.sql,target=/x.sql psql -f /x.sql"),
    ],
)  # fmt: skip
def test_what_is_copied_follows(before: str, after: str) -> None:
    assert body_of(before) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("CMD python utils/load.py", "CMD python -m pkg.utils.load"),
        ("CMD python /app/utils/load.py --all", "CMD python -m pkg.utils.load --all"),
        ('CMD ["python", "utils/load.py"]', 'CMD ["python", "-m", "pkg.utils.load"]'),
        ('CMD [ "python","-u","/app/utils/load.py" ]',
         'CMD [ "python","-u","-m", "pkg.utils.load" ]'),
        ('ENTRYPOINT ["python", "-m", "utils.load"]',
         'ENTRYPOINT ["python", "-m", "pkg.utils.load"]'),
        ('ENTRYPOINT ["python"]\nCMD ["main.py"]', 'ENTRYPOINT ["python"]\nCMD ["-m", "pkg.main"]'),
        ('ENTRYPOINT ["python", "-m"]\nCMD ["utils.load"]',
         'ENTRYPOINT ["python", "-m"]\nCMD ["pkg.utils.load"]'),
        ('CMD ["uvicorn", "utils.load:app", "--host", "0.0.0.0"]',
         'CMD ["uvicorn", "pkg.utils.load:app", "--host", "0.0.0.0"]'),
        ("CMD streamlit run main.py", "CMD streamlit run src/pkg/main.py"),
        ("HEALTHCHECK --interval=5s CMD python utils/load.py || exit 1",
         "HEALTHCHECK --interval=5s CMD python -m pkg.utils.load || exit 1"),
        ('HEALTHCHECK CMD ["python", "utils/load.py"]',
         'HEALTHCHECK CMD ["python", "-m", "pkg.utils.load"]'),
        ("RUN chmod +x utils/load.py && cat sql/x.sql",
         "RUN chmod +x src/pkg/utils/load.py && cat src/pkg/sql/x.sql"),
        ("RUN python \\\n    # first\n    utils/load.py",
         "RUN python \\\n    # first\n    -m pkg.utils.load"),
        ("RUN <<EOF\npython utils/load.py\nEOF\nCMD python main.py",
         "RUN <<EOF\npython -m pkg.utils.load\nEOF\nCMD python -m pkg.main"),
        ("ENV SQL_DIR=/app/sql OTHER=1", "ENV SQL_DIR=/app/src/pkg/sql OTHER=1"),
        ('ENV SQL="/app/sql/x.sql"', 'ENV SQL="/app/src/pkg/sql/x.sql"'),
        ("ENV SQL_DIR /app/sql", "ENV SQL_DIR /app/src/pkg/sql"),
        ("ENV APP=/app\nENV SQL_DIR=$APP/sql", "ENV APP=/app\nENV SQL_DIR=$APP/src/pkg/sql"),
        ("WORKDIR /app/utils\nCMD python load.py",
         "WORKDIR /app/src/pkg/utils\nCMD python -m pkg.utils.load"),
        ("WORKDIR utils\nRUN cat ../sql/x.sql", "WORKDIR src/pkg/utils\nRUN cat ../sql/x.sql"),
        ("VOLUME /app/sql", "VOLUME /app/src/pkg/sql"),
        ("RUN cd utils && python load.py", "RUN cd src/pkg/utils && python -m pkg.utils.load"),
    ],
)  # fmt: skip
def test_what_runs_in_the_image_follows(before: str, after: str) -> None:
    assert body_of(f"COPY . .\n{before}") == (f"COPY . .\n{after}", [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("COPY utils /opt/tools\nCMD python /opt/tools/load.py",
         "COPY src/pkg/utils /opt/tools\nCMD python -m pkg.utils.load"),
        ("COPY utils /opt/tools\nCMD /opt/tools/load.py",
         "COPY src/pkg/utils /opt/tools\nCMD /opt/tools/load.py"),
        ("COPY utils tools\nCMD tools/load.py", "COPY src/pkg/utils tools\nCMD tools/load.py"),
        ("COPY utils tools\nCMD python -m tools.load",
         "COPY src/pkg/utils tools\nCMD python -m pkg.utils.load"),
        ("COPY utils ./\nCMD python load.py",
         "COPY src/pkg/utils ./\nCMD python -m pkg.utils.load"),
        ("COPY utils ./\nCMD ./load.py", "COPY src/pkg/utils ./\nCMD ./load.py"),
        ("COPY main.py /run.py\nCMD python /run.py",
         "COPY src/pkg/main.py /run.py\nCMD python -m pkg.main"),
        ("COPY main.py /run.py\nCMD /run.py", "COPY src/pkg/main.py /run.py\nCMD /run.py"),
        ("COPY sql /sql\nRUN psql -f /sql/x.sql", "COPY src/pkg/sql /sql\nRUN psql -f /sql/x.sql"),
        ("COPY sql sql\nRUN psql -f sql/*.sql",
         "COPY src/pkg/sql src/pkg/sql\nRUN psql -f src/pkg/sql/*.sql"),
        ("COPY sql sql\nRUN psql -f /app/sql/*.sql",
         "COPY src/pkg/sql src/pkg/sql\nRUN psql -f /app/src/pkg/sql/*.sql"),
        ("COPY sql /sql\nRUN psql -f /sql/*.sql", "COPY src/pkg/sql /sql\nRUN psql -f /sql/*.sql"),
        ("COPY . /srv\nRUN cat /srv/sql/x.sql", "COPY . /srv\nRUN cat /srv/src/pkg/sql/x.sql"),
    ],
)  # fmt: skip
def test_words_are_read_through_what_was_copied(before: str, after: str) -> None:
    assert body_of(before) == (after, [])


STAGES = """\
FROM python:3.12 AS base
WORKDIR /app
COPY utils ./utils
COPY sql /data/sql
FROM base AS test
CMD ["python", "utils/load.py"]
FROM python:3.12-slim
WORKDIR /srv
COPY --from=base /app /srv
COPY --from=base /data/sql ./queries
COPY --from=0 /app/utils ./utils
COPY --from=nginx /app/utils /etc/nginx
RUN cat /srv/utils/db.py queries/x.sql
"""


def test_stages_have_what_they_are_made_of() -> None:
    after, about = followed("Dockerfile", STAGES, MOVES, STAYS)
    assert not about
    assert (
        after
        == """\
FROM python:3.12 AS base
WORKDIR /app
COPY src/pkg/utils ./src/pkg/utils
COPY src/pkg/sql /data/sql
FROM base AS test
CMD ["python", "-m", "pkg.utils.load"]
FROM python:3.12-slim
WORKDIR /srv
COPY --from=base /app /srv
COPY --from=base /data/sql ./queries
COPY --from=0 /app/src/pkg/utils ./src/pkg/utils
COPY --from=nginx /app/utils /etc/nginx
RUN cat /srv/src/pkg/utils/db.py queries/x.sql
"""
    )


@pytest.mark.parametrize(
    "body",
    [
        "COPY . .",
        "COPY . /app",
        "COPY requirements.txt config ./",
        "COPY requirements.txt .\nRUN pip install -r requirements.txt",
        "ADD https://host/utils/load.py /app/",
        "# COPY utils utils",
        "COPY . .\nCMD python /srv/utils/load.py",
        "COPY . .\nENV MODE=utils",
        "COPY . .\nENV PYTHONPATH=/app/utils",
        "COPY . .\nRUN mkdir -p data/sql && curl -o data/x.sql host/sql/x.sql",
        "COPY [broken json",
        "COPY",
    ],
)
def test_what_names_nothing_that_moved_is_left(body: str) -> None:
    assert body_of(body) == (body, [])


@pytest.mark.parametrize(
    "body",
    [
        "COPY --from=other utils utils",
        "COPY <<EOF /app/utils/load.py\npython utils/load.py\nEOF",
        "COPY utilities utils",
        "LABEL path=utils/load.py",
        "RUN echo utils/load.py",
        "COPY . .\nRUN python <<EOF\nopen('utils/load.py')\nEOF",
        "RUN python utils/load.py",
        "COPY . .\nRUN cd /tmp && cat sql/x.sql",
        "COPY utils",
    ],
)
def test_what_only_looks_like_a_path_is_left_and_may_be_reported(body: str) -> None:
    after, about = body_of(body)
    assert after == body
    assert all("it seems to name" in message for message in about)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("COPY tasks ./tasks", "COPY src/pkg/run.py ./src/pkg/\nCOPY tasks ./tasks"),
        ("COPY --chown=a:b tasks/ /app/tasks/",
         "COPY --chown=a:b src/pkg/run.py /app/src/pkg/\nCOPY --chown=a:b tasks/ /app/tasks/"),
        ('COPY ["tasks", "./tasks"]',
         'COPY ["src/pkg/run.py", "./src/pkg/"]\nCOPY ["tasks", "./tasks"]'),
        ("COPY main.py requirements.txt ./",
         "COPY src/pkg/main.py ./src/pkg/\nCOPY requirements.txt ./"),
        ("COPY requirements.txt main.py start.sh rates.py /app",
         "COPY requirements.txt start.sh /app/\n"
         "COPY src/pkg/main.py src/pkg/rates.py /app/src/pkg/"),
        ("COPY *.py ./", "COPY src/pkg/main.py src/pkg/rates.py ./src/pkg/"),
        ("COPY m*.py requirements.txt ./",
         "COPY src/pkg/m*.py ./src/pkg/\nCOPY requirements.txt ./"),
    ],
)  # fmt: skip
def test_what_went_apart_is_copied_by_several_instructions(before: str, after: str) -> None:
    assert body_of(f"{before}\nRUN true\n") == (f"{after}\nRUN true\n", [])


def test_what_is_no_longer_one_thing_is_reported() -> None:
    body = "COPY tasks /opt/tasks"
    message = '3: "tasks" names tasks, whose files have different places now'
    assert body_of(body) == (body, [message])


def test_another_escape_character() -> None:
    text = "# escape=`\nFROM python\nWORKDIR C:\\app\nCOPY utils/ `\n  C:/tools/\n"
    after, about = followed("Dockerfile", text, MOVES)
    assert after == text.replace("utils/", "src/pkg/utils/")
    assert not about


def test_dags_of_airflow_stay_where_it_looks_for_them() -> None:
    text = "FROM apache/airflow\nWORKDIR /opt/airflow\nCOPY dags ./dags\nCOPY sql ./sql\n"
    moves = {**MOVES, "dags/daily.py": "src/pkg/dags/daily.py"}
    after, about = followed("Dockerfile", text, moves)
    assert after.splitlines()[2:] == ["COPY src/pkg/dags ./dags", "COPY src/pkg/sql ./src/pkg/sql"]
    assert not about


def test_a_context_that_a_compose_file_says() -> None:
    moves = {"services/a/run.py": "src/pkg/a/run.py"}
    text = "FROM python\nWORKDIR /app\nCOPY services/a/run.py /app/services/a/run.py\n"
    after, about = followed("services/a/Dockerfile", text, moves, ["services/a/notes.txt"])
    assert after.splitlines()[2:] == ["COPY src/pkg/a/run.py /app/src/pkg/a/run.py"]
    assert not about


def test_what_is_out_of_the_context_now_is_reported() -> None:
    moves = {"services/a/run.py": "src/pkg/a/run.py"}
    text = "FROM python\nWORKDIR /app\nCOPY run.py /srv/\n"
    after, about = followed("services/a/Dockerfile", text, moves, ["services/a/notes.txt"])
    assert after == text
    assert about == [
        '3: "run.py" names services/a/run.py, which is now src/pkg/a/run.py, out of reach from here'
    ]


def test_a_finding_counts_lines_as_they_are_then() -> None:
    body = "COPY main.py requirements.txt ./\nCOPY tasks /opt/tasks\n"
    message = '5: "tasks" names tasks, whose files have different places now'
    assert body_of(body)[1] == [message]


def test_a_bake_file_is_only_reported() -> None:
    text = 'target "api" {\n  dockerfile = "api/Dockerfile"\n}\n'
    moves = {**MOVES, "api/Dockerfile": "src/pkg/api/Dockerfile"}
    message = "2: it seems to name api/Dockerfile, which is now src/pkg/api/Dockerfile"
    assert followed("docker-bake.hcl", text, moves) == (text, [message])


def test_a_comment_within_is_worth_more_than_the_edit() -> None:
    body = "COPY main.py \\\n  # what it needs\n  requirements.txt ./"
    after, about = body_of(body)
    assert "# what it needs" in after
    assert about == [
        '5: "./" names main.py, and what belongs beside it is in different folders now'
    ]


@given(st.text(alphabet="COPYRUN \t\n\r\\\"'[]{}$<>#=-./*eutils:,`E", max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Reading never fails, and every edit keeps the rest of the file."""
    tree = Tree.of({**dict.fromkeys((*MOVES, *STAYS), ""), "Dockerfile": HEAD + text})
    for reference in read_references("Dockerfile", tree):
        assert (HEAD + text)[reference.start : reference.end] == reference.text
