"""Development containers name what they are built from, mount and run."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "api/Dockerfile": "src/pkg/api/Dockerfile",
    "api/app.py": "src/pkg/api/app.py",
}
STAYS = ("docker-compose.yml", "requirements.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"dockerFile": "../api/Dockerfile"', '"dockerFile": "../src/pkg/api/Dockerfile"'),
        ('"build": {"dockerfile": "../api/Dockerfile", "context": "../api"}',
         '"build": {"dockerfile": "../src/pkg/api/Dockerfile", "context": "../src/pkg/api"}'),
        ('"postCreateCommand": "pip install -r requirements.txt && python utils/load.py"',
         '"postCreateCommand": "pip install -r requirements.txt && python -m pkg.utils.load"'),
        ('"postStartCommand": ["python", "utils/load.py"]',
         '"postStartCommand": ["python", "-m", "pkg.utils.load"]'),
        ('"postAttachCommand": {"load": "python utils/load.py", "b": ["cat", "utils/load.py"]}',
         '"postAttachCommand": {"load": "python -m pkg.utils.load", '
         '"b": ["cat", "src/pkg/utils/load.py"]}'),
        ('"mounts": ["source=${localWorkspaceFolder}/utils,target=/opt/utils,type=bind"]',
         '"mounts": ["source=${localWorkspaceFolder}/src/pkg/utils,target=/opt/utils,type=bind"]'),
    ],
)  # fmt: skip
def test_what_is_built_mounted_and_run_follows(before: str, after: str) -> None:
    path = ".devcontainer/devcontainer.json"
    text = f"{{\n  // for the editor\n  {before},\n}}\n"
    assert followed(path, text, MOVES, STAYS) == (text.replace(before, after), [])


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "utils", "service": "api", "dockerComposeFile": "../docker-compose.yml"}',
        '{"workspaceFolder": "/workspace/utils", "mounts": ["source=utils,target=/utils"]}',
        '{"image": "utils/load.py", "remoteEnv": {"A": "utils/load.py"}}',
        '{"build": "../api/Dockerfile"}',
        '{"postCreateCommand": ',
        "[]",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed(".devcontainer/devcontainer.json", text, MOVES, STAYS) == (text, [])


def test_a_file_in_a_folder_of_its_own_and_one_in_the_root() -> None:
    text = '{"postCreateCommand": "python utils/load.py"}'
    for path in (".devcontainer.json", ".devcontainer/python/devcontainer.json"):
        after, about = followed(path, text, MOVES, STAYS)
        assert (after, about) == (text.replace("utils/load.py", "-m pkg.utils.load"), [])
