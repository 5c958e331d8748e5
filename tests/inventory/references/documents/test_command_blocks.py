"""Blocks of commands in documents follow like scripts; output and other languages stay."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "jobs/run.py": "src/pkg/run.py",
}
STAYS = ("config/a.yaml", "jobs/notes.txt")
LOAD = "python -m pkg.utils.load"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```bash\npython utils/load.py\n```", f"```bash\n{LOAD}\n```"),
        ("~~~~ sh\npython utils/load.py\n~~~~", f"~~~~ sh\n{LOAD}\n~~~~"),
        ("```{.bash title=x}\npython utils/load.py\n```", f"```{{.bash title=x}}\n{LOAD}\n```"),
        ("```shell\npython utils/load.py", f"```shell\n{LOAD}"),
        ("```zsh\r\npython utils/load.py\r\n```\r\n", f"```zsh\r\n{LOAD}\r\n```\r\n"),
        ("```console\n$ python utils/load.py\nread utils/load.py\n```",
         f"```console\n$ {LOAD}\nread utils/load.py\n```"),
        ("```bash\n(venv) me@host:~/x$ python utils/load.py\nutils/db.py\n```",
         f"```bash\n(venv) me@host:~/x$ {LOAD}\nutils/db.py\n```"),
        ("```console\n$ python \\\n    utils/load.py\n```",
         "```console\n$ python \\\n    -m pkg.utils.load\n```"),
        ("```powershell\nPS C:\\x> python utils\\load.py\n```",
         f"```powershell\nPS C:\\x> {LOAD}\n```"),
        ("```powershell\ncd c:\\me\\clone; python utils/load.py\n```",
         f"```powershell\ncd c:\\me\\clone; {LOAD}\n```"),
        ("```bat\npython utils\\load.py\n```", f"```bat\n{LOAD}\n```"),
        ("```\n$ python utils/load.py\n```", f"```\n$ {LOAD}\n```"),
        ("```\npython utils/load.py --x\n```", f"```\n{LOAD} --x\n```"),
        ("> ```bash\n> cd utils\n> cat db.py\n> ```",
         "> ```bash\n> cd src/pkg/utils\n> cat db.py\n> ```"),
        ("1. a\n\n   ```sh\n   python utils/load.py\n   ```",
         f"1. a\n\n   ```sh\n   {LOAD}\n   ```"),
        ("```bash\ngit clone https://h/o/etl.git\ncd etl\npython utils/load.py\n```",
         f"```bash\ngit clone https://h/o/etl.git\ncd etl\n{LOAD}\n```"),
        ("```bash\ncd <your clone>\npython utils/load.py\n```",
         f"```bash\ncd <your clone>\n{LOAD}\n```"),
        ("```bash\ncd /opt/etl && python utils/load.py\n```",
         f"```bash\ncd /opt/etl && {LOAD}\n```"),
        ("```bash\ncd utils\n```\nthen\n```bash\ncat db.py ../config/a.yaml\n```",
         "```bash\ncd src/pkg/utils\n```\nthen\n```bash\ncat db.py ../../../config/a.yaml\n```"),
        ("```bash\n# python utils/load.py\npython utils/load.py # it's utils/load.py\n```",
         f"```bash\n# python utils/load.py\n{LOAD} # it's utils/load.py\n```"),
    ],
)  # fmt: skip
def test_commands_follow(before: str, after: str) -> None:
    assert followed("README.md", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "```\nutils/load.py\n```",
        "```\nwrote utils/load.py\npython: utils/load.py\n```",
        "```console\npython utils/load.py\n```",
        "```bash\necho 50% done utils/load.py\n```",
        "```bash\nmkdir build && cd build && python utils/load.py\n```",
        "```bash\ncd /tmp\npython utils/load.py\n```",
        "```bash\ncd ../other\npython utils/load.py\n```",
        "```bash\nls utils/[name].py\n```",
        "```bash\npython config/a.yaml <input> ...\n```",
        "```bash\n```",
        "```sh",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("README.md", text, MOVES, STAYS) == (text, [])


def test_commands_in_the_folder_of_the_document() -> None:
    moves = {**MOVES, "utils/README.md": "docs/utils/README.md"}
    text = "```bash\npython load.py\ncat ../config/a.yaml\n```\n"
    after = f"```bash\n{LOAD}\ncat ../../config/a.yaml\n```\n"
    assert followed("utils/README.md", text, moves, STAYS) == (after, [])


def test_a_script_of_the_package_runs_even_if_its_folder_came_apart() -> None:
    text, about = followed("README.md", "```sh\ncd jobs\npython run.py\n```\n", MOVES, STAYS)
    assert text == "```sh\ncd jobs\npython -m pkg.run\n```\n"
    assert about == ['2: "jobs" names jobs, whose files have different places now']
