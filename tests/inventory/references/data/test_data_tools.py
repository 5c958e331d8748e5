"""The files of data tools that name code, folders and data, each in its own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

MOVES = {
    "flows/daily.py": "src/pkg/flows/daily.py",
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "lambda/app.py": "src/pkg/lambda_/app.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "train.py": "src/pkg/train.py",
}
STAYS = ("config/a.yaml", "data/keep.txt", "requirements.txt")

FUNCTION = "functions: {{a: {{handler: {}}}}}\n"
SAM = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Properties: {}\n"


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        ("prefect.yaml", "deployments:\n- name: a\n  entrypoint: flows/daily.py:main # it\n",
         "flows/daily.py", "src/pkg/flows/daily.py"),
        ("prefect.yaml", "deployments:\n- entrypoint: './flows/daily.py:main'\n",
         "./flows", "./src/pkg/flows"),
        ("prefect.yaml", "deployments: [{entrypoint: flows.daily.main}]", "flows", "pkg.flows"),
        ("prefect.yaml", "pull:\n- prefect.deployments.steps.run_shell_script:\n"
         "    script: python utils/load.py\n", "utils/load.py", "-m pkg.utils.load"),
        ("x/daily-deployment.yaml", "flow_name: a\nentrypoint: flows/daily.py:main\n",
         "flows/", "src/pkg/flows/"),
        ("dvc.yaml", "stages:\n  a:\n    cmd: python train.py --x ${x}\n    outs: [model.pkl]\n",
         "train.py", "-m pkg.train"),
        ("dvc.yaml", "stages:\n  a:\n    cmd:\n    - cat sql/x.sql\n    deps:\n    - sql/x.sql:\n"
         "        cache: false\n    - utils\n", "", ""),
        ("dvc.yaml", "stages:\n  a:\n    foreach: [1]\n    do: {cmd: 'ls sql/${item}.sql'}\n",
         "sql/", "src/pkg/sql/"),
        ("dvc.yaml", "stages:\n  a:\n    wdir: sql\n    cmd: cat x.sql\n    deps: [x.sql]\n",
         "wdir: sql", "wdir: src/pkg/sql"),
        ("databricks.yml", "bundle: {name: a}\nresources:\n  jobs:\n    j:\n      tasks:\n"
         "      - spark_python_task: {python_file: ./utils/load.py}\n",
         "./utils", "./src/pkg/utils"),
        ("MLproject", "entry_points:\n  main:\n    command: \"python train.py {alpha}\"\n",
         "train.py", "-m pkg.train"),
        ("gx/great_expectations.yml", "datasources:\n  d: {base_directory: ../sql}\n",
         "../sql", "../src/pkg/sql"),
        ("meltano.yml", "plugins:\n  extractors:\n  - pip_url: -e ./utils git+https://h/x/utils\n",
         "./utils", "./src/pkg/utils"),
        ("render.yaml", "services:\n- startCommand: python train.py\n  rootDir: utils\n", "", ""),
        ("app.yaml", "entrypoint: gunicorn -b :$PORT utils.load:app\n", "utils.l", "pkg.utils.l"),
        ("flyway.conf", "flyway.locations=filesystem:sql,classpath:sql\nflyway.user=sql\n",
         "filesystem:sql", "filesystem:src/pkg/sql"),
        ("liquibase.properties", "changeLogFile: sql/x.sql\n# sql\nurl: jdbc:sql\n",
         "sql/x", "src/pkg/sql/x"),
        ("serverless.yml", "functions: {}\npackage:\n  patterns:\n  - '!utils/**'\n  - sql/*.sql\n",
         "", ""),
        ("serverless.yml", "layers:\n  l:\n    path: lambda\ncustom: ${file(config/a.yaml):x}\n",
         "path: lambda", "path: src/pkg/lambda_"),
        ("template.yaml", SAM.replace("{}", "{CodeUri: lambda/, Handler: app.main}"),
         "lambda/", "src/pkg/lambda_/"),
        ("airflow.cfg", "[core]\ndags_folder = ${AIRFLOW_HOME}/flows\nx = flows\n",
         "}/flows", "}/src/pkg/flows"),
    ],
)  # fmt: skip
def test_a_file_follows(path: str, text: str, old: str, new: str) -> None:
    after = text.replace(old, new) if old else (
        text.replace("cat sql", "cat src/pkg/sql").replace("- sql", "- src/pkg/sql")
        .replace("utils", "src/pkg/utils").replace("train.py", "-m pkg.train")
    )  # fmt: skip
    assert followed(path, text, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("prefect.yaml", "name: utils\ndeployments:\n- name: utils\n  entrypoint: x.py:a\n"),
        ("prefect.yaml", "pull:\n- prefect.deployments.steps.set_working_directory:\n"
         "    directory: /utils\n"),
        ("x-deployment.yaml", "entrypoint: flows/daily.py:main\n"),
        ("dvc.yaml", "stages:\n  utils:\n    desc: utils/load.py\n    params: [train.lr]\n"),
        ("dvc.yaml", "stages: {a: {cmd: python config/a.yaml, deps: [data]}}\n"),
        ("job.yml", "resources: {jobs: {j: {spark_python_task: {python_file: train.py}}}}\n"),
        ("databricks.yml", "bundle: {name: utils}\nworkspace: {root_path: /utils}\n"),
        ("MLproject", "name: utils\nentry_points: {train.py: {parameters: {x: train.py}}}\n"),
        ("meltano.yml", "plugins: {extractors: [{name: utils, pip_url: utils}]}\n"),
        ("render.yaml", "services:\n- name: utils\n  startCommand: python -m http.server\n"),
        ("flyway.conf", "flyway.locations=classpath:sql\n#flyway.locations=filesystem:sql\n"),
        ("serverless.yml", "functions: {a: {handler: config/a.main, name: utils}}\n"),
        ("serverless.yml", "service: utils\nfunctions: {}\ncustom: {utils: x}\n"),
        ("template.yaml", "Resources: {F: {Properties: {CodeUri: s3://lambda/}}}\n"),
        ("airflow.cfg", "dags_folder = /opt/airflow/flows\n#plugins_folder = utils\n"),
        ("k.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{args: [a/config/a.yaml]}]}\n"),
        ("k.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: utils/load.py}\n"),
        ("Snakefile", '# utils/load.py\nrule utils:\n    input: "config/a.yaml"\n'),
        ("gx/great_expectations.yml", "base_directory: /srv/sql\nname: ../sql\n"),
    ],
)  # fmt: skip
def test_what_names_nothing_that_moved_is_left(path: str, text: str) -> None:
    assert followed(path, text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("path", "text", "named"),
    [
        ("serverless.yml", FUNCTION.format("utils/load.main"), '"utils/load" names utils/'),
        ("serverless.yml", FUNCTION.format("utils.load.main"), '"utils.load" names utils/'),
        ("template.yml", SAM.replace("{}", "{Handler: utils.load.main}"), '"utils.load" names ut'),
        ("k.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command: [python]\n"
         "    args: [/app/utils/load.py]\n", '"/app/utils/load.py" names utils/load.py'),
        ("k.yaml", "apiVersion: batch/v1\nkind: CronJob\nspec:\n  containers:\n"
         "  - command: [sh, -c, cd x && python /srv/train.py]\n", '"/srv/train.py" names train'),
        ("Snakefile", 'rule a:\n    shell: "python utils/load.py {input}"\n', '"utils/load.py" n'),
        ("flow/a.smk", 'rule a:\n    script: "../train.py"\n', '"../train.py" names train.py'),
        ("main.nf", 'process A {\n  """\n  cat sql/x.sql\n  """\n}\n', '"sql/x.sql" names sql'),
        ("conf/airflow.cfg", "dags_folder = $AIRFLOW_HOME/flows\n", '"flows" names flows, and'),
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_reported(path: str, text: str, named: str) -> None:
    after, about = followed(path, text, MOVES, STAYS)
    assert after == text
    assert len(about) == 1
    assert named in about[0]


def test_data_that_git_does_not_have_stays_where_it_is() -> None:
    text = "outs:\n- md5: a\n  path: raw.csv\n"
    moves = {"raw.csv.dvc": "data/raw.csv.dvc"}
    after = text.replace("raw.csv", "../raw.csv")
    assert followed("raw.csv.dvc", text, moves) == (after, [])


NAMES = ("dvc.yaml", "prefect.yaml", "serverless.yml", "template.yml", "flyway.conf", "airflow.cfg",
         "workspace.yaml", "dbt_project.yml", "profiles.yml", "meltano.yml", "MLproject", "a.yml",
         "main.tf")  # fmt: skip
KEYS = ("stages", "cmd", "deps", "functions", "handler", "outputs", "path", "plugins", "pip_url",
        "load_from", "python_file", "external_location", "apiVersion", "containers", "args",
        "kind", "AWS::Serverless", "Transform", "Resources", "entrypoint", "io.kestra.", "id",
        "tasks")  # fmt: skip
SIGNS = (": ", "\n", "  ", "- ", "a/b.py", "{", "}", "&a ", "*a", '"')


@given(
    st.sampled_from(NAMES),
    st.lists(
        st.sampled_from((*KEYS, ": ", "\n", "  ", "- ", "a/b.py", "{", "}", "&a ", "*a", '"'))
    ),
)
def test_any_text_is_read(path: str, parts: list[str]) -> None:
    """Reading never raises, and every reference is what stands there."""
    text = "".join(parts)
    tree = Tree.of({"a/b.py": "", path: text})
    for found in read_references(path, tree):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("piece", ["a: b/c ", "{{ ", "- x: y\n", "[", "a/", "${file("])
def test_a_long_text_takes_no_long_time(name: str, piece: str) -> None:
    marks = "#io.kestra. external_location apiVersion: kind: functions outputs\nflyway.locations="
    text = marks + piece * 30_000
    tree = Tree.of({name: text, "dbt_project.yml": ""})
    assert all(found.path in tree for found in read_references(name, tree))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("workspace.yaml", "load_from: [{python_file: utils/load.py}]\n"),
        ("workspace.yaml", "load_from: [{python_module: utils.load}]\n"),
        ("prefect.yaml", "deployments: [{entrypoint: utils/load.py:main}]\n"),
        ("dvc.yaml", "stages: {a: {cmd: python utils/load.py}}\n"),
        ("databricks.yml", "bundle: {}\na: {spark_python_task: {python_file: utils/load.py}}\n"),
        ("MLproject", "entry_points: {main: {command: python -m utils.load}}\n"),
        ("serverless.yml", FUNCTION.format("utils/load.main")),
        ("main.tf", 'data "archive_file" "a" { source_file = "utils/load.py" }\n'),
        ("main.tf", 'x = file("utils/load.py")\n'),
        ("Snakefile", 'rule a:\n    script: "utils/load.py"\n'),
        (
            "a.yml",
            "id: a\nx: {type: io.kestra.x.python.Script, script: from utils.load import m}\n",
        ),
    ],
)
def test_code_that_is_started_is_in_use(path: str, text: str) -> None:
    found = read_references(path, Tree.of({path: text, "utils/load.py": ""}))
    assert [(r.path, r.runs) for r in found] == [("utils/load.py", True)]
