"""Dockerfiles go to the folders of their services, unless somebody finds them where they are."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.components.containers import about_dockerfiles, dockerfiles
from relayout.tree import Tree

WHOLE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
AIRFLOW = "FROM apache/airflow:2.9.2\nCOPY dags /opt/airflow/dags\n"
BUILDS = {"build.sh": "docker build -t sales .\n"}


def placed(**files: str) -> dict[str, str]:
    """Return where Dockerfiles go; in names, ``__`` stands for a dot and ``___`` for a slash."""
    return {path: place for path, (place, _) in dockerfiles(inventory_of(**files)).items()}


def staying(**files: str) -> dict[str, str]:
    found = about_dockerfiles(inventory_of(**files))
    assert {one.code for one in found} <= {"dockerfile-stays"}
    return {one.path: one.message.removeprefix("it stays where it is: ") for one in found}


def inventory_of(**files: str):  # type: ignore[no-untyped-def]
    tree = {name.replace("___", "/").replace("__", "."): text for name, text in files.items()}
    return take_inventory(Tree.of({"etl.py": "", "dags/daily.py": "", **tree}))


def test_the_name_says_the_service() -> None:
    assert placed(Dockerfile__airflow=AIRFLOW, spark__Dockerfile=WHOLE) == {
        "Dockerfile.airflow": "airflow/Dockerfile",
        "spark.Dockerfile": "spark/Dockerfile",
    }


def test_the_folder_says_the_service() -> None:
    assert placed(docker___spark___Dockerfile=WHOLE, docker___Dockerfile__dbt=WHOLE) == {
        "docker/spark/Dockerfile": "spark/Dockerfile",
        "docker/Dockerfile.dbt": "dbt/Dockerfile",
    }


@pytest.mark.parametrize(
    ("services", "text", "place"),
    [
        ("  loader:\n    build: .\n", WHOLE, "loader/Dockerfile"),
        ("  web:\n    build: .\n  worker:\n    build: .\n", AIRFLOW, "airflow/Dockerfile"),
        ("  web:\n    build: .\n  worker:\n    build: .\n", WHOLE, "web/Dockerfile"),
        ("  airflow-web:\n    build: .\n", AIRFLOW, "airflow/Dockerfile"),
        ("  shop:\n    build: .\n", AIRFLOW, "shop/Dockerfile"),
    ],
)
def test_compose_and_the_base_say_the_service(services: str, text: str, place: str) -> None:
    compose = f"services:\n{services}"
    assert placed(Dockerfile=text, docker_compose__yml="", compose__yml=compose) == {
        "Dockerfile": place
    }


def test_the_ignore_file_of_a_dockerfile_goes_along() -> None:
    found = placed(Dockerfile__airflow=AIRFLOW, Dockerfile__airflow__dockerignore="dist\n")
    assert found["Dockerfile.airflow.dockerignore"] == "airflow/Dockerfile.dockerignore"


def test_variants_of_an_image_stand_beside_each_other() -> None:
    found = placed(Dockerfile__airflow=AIRFLOW, Dockerfile__airflow__dev=AIRFLOW)
    assert found["Dockerfile.airflow.dev"] == "airflow/Dockerfile.dev"


def test_two_of_one_service_share_no_place() -> None:
    found = placed(Dockerfile__spark=WHOLE, docker___spark___Dockerfile=WHOLE)
    assert len({*found.values()}) == len(found)


def test_a_folder_that_is_built_from_itself_is_left_to_move_whole() -> None:
    compose = "services:\n  api:\n    build: ./api\n"
    files = {"api___Dockerfile": "FROM node\nCOPY a.js .\n", "compose__yml": compose}
    assert not placed(**files)
    assert not staying(**files)


@pytest.mark.parametrize(
    "name", ["__devcontainer___Dockerfile", "infrastructure___docker___a___Dockerfile"]
)
def test_hidden_and_placed_ones_are_left(name: str) -> None:
    files = {name: WHOLE, "run__sh": f"docker build -f {name} .\n"}
    assert not placed(**files)
    assert not staying(**files)


def test_a_dockerfile_that_nothing_builds_stays() -> None:
    assert not placed(Dockerfile=WHOLE)
    assert "nothing here builds it" in staying(Dockerfile=WHOLE)["Dockerfile"]


def test_a_call_that_can_be_changed_lets_it_go() -> None:
    assert placed(Dockerfile=WHOLE, **{"build__sh": BUILDS["build.sh"]})
    assert placed(Dockerfile=WHOLE, README__md="```bash\ndocker build .\n```\n")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy__sh", "gcloud run deploy sales --source .\n"),
        ("deploy__sh", "docker build $CONTEXT\n"),
        ("deploy__py", 'run(["docker", "build", "."])\n'),
        ("deploy__py", 'os.system("docker build .")\n'),
        ("fly__toml", "app = 'sales'\n"),
        ("fly__toml", "[build]\ndockerfile = 'Dockerfile'\n"),
        ("railway__json", '{"build": {"dockerfilePath": "Dockerfile"}}\n'),
        ("docker_bake__hcl", 'target "sales" {\n  dockerfile = "Dockerfile"\n}\n'),
        ("skaffold__yaml", "build:\n  artifacts:\n    - image: sales\n"),
        ("Jenkinsfile", "pipeline {\n  agent { dockerfile true }\n}\n"),
        ("azure_pipelines__yml", "steps:\n  - task: Docker@2\n    inputs:\n      command: build\n"),
        ("ci__gitlab_ci__yml", "a:\n  script:\n    - /kaniko/executor --context .\n"),
    ],
)
def test_a_call_that_cannot_be_changed_holds_it(path: str, text: str) -> None:
    files = {"Dockerfile": WHOLE, "build__sh": BUILDS["build.sh"], path: text}
    assert not placed(**files)
    assert list(staying(**files)) == ["Dockerfile"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy__sh", "echo 'docker build .'\n"),
        ("deploy__py", '"""Build the image with docker build . first."""\n'),
    ],
)
def test_what_builds_nothing_holds_nothing(path: str, text: str) -> None:
    assert placed(Dockerfile=WHOLE, build__sh=BUILDS["build.sh"], **{path: text})


def test_a_variable_may_stand_for_any_of_them() -> None:
    script = 'for s in airflow spark; do docker build -f "Dockerfile.$s" .; done\n'
    files = {"Dockerfile__airflow": AIRFLOW, "dbt__Dockerfile": WHOLE, "all__sh": script}
    assert placed(**files) == {"dbt.Dockerfile": "dbt/Dockerfile"}
    assert staying(**files) == {"Dockerfile.airflow": "all.sh may name it with a variable"}


@pytest.mark.parametrize("text", ["", "\0\xff", "FROM", "COPY", "FROM a\n" * 300, "x" * 500_000])
def test_whatever_a_dockerfile_holds(text: str) -> None:
    inventory_of(Dockerfile__airflow=text)
    placed(Dockerfile__airflow=text, build__sh="docker build -f Dockerfile.$" + "x" * 2000)
