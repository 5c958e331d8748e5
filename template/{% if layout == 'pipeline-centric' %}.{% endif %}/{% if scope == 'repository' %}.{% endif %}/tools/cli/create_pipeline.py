"""Make a pipeline out of a template of this repository, `pipelines/_templates/<template>/`.

Nothing is written unless all of it can be. The template `pipeline` came with the layout: what is made
from it has an answers file of its own, by which `copier update --trust -a` brings it to later versions.
"""

import argparse
import keyword
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from copier import run_copy
from copier.errors import CopierError

ROOT = Path(__file__).resolve().parents[2]
OF_THE_LAYOUT = "pipeline"
"""The template that `copier update` knows, too."""
ANSWERS = (".copier-answers.relayout.yml", ".copier-answers.yml")
ONLY_REPOSITORY = {"adopt", "ci", "merge_tool_config", "shims"}
TAKEN = {"shared", "pipelines"}


class RefusedError(Exception):
    """What was asked for cannot be done; nothing was written."""


def templates(root: Path) -> dict[str, Path]:
    """Return the templates of a repository by name."""
    found = sorted((root / "pipelines" / "_templates").glob("*/copier.yml"))
    return {path.parent.name: path.parent for path in found}


def check_name(name: str, root: Path) -> None:
    """Refuse a name that is none, or that a pipeline has already."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > 30:
        message = (
            f"{name!r} is not a name for a pipeline: up to 30 lowercase letters a-z, digits and single "
            "underscores are accepted, and a letter comes first. For example: orders"
        )
        raise RefusedError(message)
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in TAKEN:
        message = f"{name!r} is a word of Python or a name of the layout; choose another name"
        raise RefusedError(message)
    if name in sys.stdlib_module_names:
        message = f"{name!r} is a module of Python's standard library; choose another name"
        raise RefusedError(message)
    if (root / "pipelines" / name).exists():
        message = f"pipelines/{name} is there already; choose another name"
        raise RefusedError(message)


def create(
    name: str, template: str, data: Mapping[str, str], root: Path = ROOT, ask: bool = False
) -> list[str]:
    """Make a pipeline, and return the paths of its files."""
    check_name(name, root)
    known = templates(root)
    if template not in known:
        message = f"pipelines/_templates has no {template!r}; it has {', '.join(known) or 'none'}"
        raise RefusedError(message)
    recorded = answers_of(root)
    defaults = {"owner": recorded["author_name"]} if "author_name" in recorded else {}
    with tempfile.TemporaryDirectory(prefix="create-pipeline-") as folder:
        try:
            worker = run_copy(
                str(known[template]),
                folder,
                data={**data, "pipeline": name},
                user_defaults=defaults,
                defaults=not ask,
                quiet=True,
                unsafe=True,  # it is this repository's own code, as its Makefile is
            )
        except (CopierError, ValueError, yaml.YAMLError) as error:
            raise RefusedError(str(error)) from error
        if template == OF_THE_LAYOUT and "_src_path" in recorded:
            asked = yaml.safe_load((known[template] / "copier.yml").read_text(encoding="utf-8"))
            shown = asked.keys() - worker.answers.hidden
            given = {key: worker.answers.combined[key] for key in shown if key[0] != "_"}
            write_answers(Path(folder), recorded, given)
        return place(Path(folder), root)


def answers_of(root: Path) -> dict[str, Any]:
    """Return the answers that this repository was made with; nothing if there are none."""
    for name in ANSWERS:
        path = root / name
        recorded = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
        if isinstance(recorded, dict) and recorded.get("layout") == "pipeline-centric":
            return recorded
    return {}


def write_answers(folder: Path, repository: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Write the answers file that `copier copy -d scope=pipeline` would have written."""
    answers = {key: value for key, value in repository.items() if key not in ONLY_REPOSITORY}
    answers |= {**given, "scope": "pipeline"}
    path = folder / "pipelines" / str(given["pipeline"]) / ".copier-answers.yml"
    text = yaml.safe_dump(answers, indent=4, width=80, allow_unicode=True)
    path.write_text(
        f"# Written by Copier; `copier update` reads it. Do not edit.\n{text}", encoding="utf-8"
    )


def place(rendered: Path, root: Path) -> list[str]:
    """Copy what was rendered into the repository, if none of it is there; return the paths."""
    paths = sorted(
        path.relative_to(rendered).as_posix() for path in rendered.rglob("*") if path.is_file()
    )
    there = [path for path in paths if (root / path).exists()]
    if there:
        message = f"the template would overwrite {', '.join(there)}"
        raise RefusedError(message)
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(rendered / path, root / path)
    return paths


def ignored(paths: list[str], root: Path = ROOT) -> list[str]:
    """Return the paths that git would leave out of a commit; none where there is no git."""
    done = subprocess.run(
        ["git", "-C", str(root), "check-ignore", "-z", "--stdin"],
        input="\0".join(paths),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return [path for path in done.stdout.split("\0") if path]


def main() -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Make a pipeline.")
    parser.add_argument("name", help="what it is called, and its folder in pipelines/")
    parser.add_argument(
        "--template", default=OF_THE_LAYOUT, help="a folder of pipelines/_templates"
    )
    parser.add_argument(
        *("-d", "--data"),
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="answer a question",
    )
    arguments = parser.parse_args()
    pairs = [text.partition("=") for text in arguments.data]
    if not all(key and equals for key, equals, _ in pairs):
        parser.error("what is given with -d has the form KEY=VALUE")
    try:
        paths = create(
            arguments.name,
            arguments.template,
            {key: value for key, _, value in pairs},
            ask=sys.stdin.isatty(),
        )
    except RefusedError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"pipelines/{arguments.name}: {len(paths)} files")
    for path in ignored(paths):
        print(f"warning: git ignores {path}; see .gitignore", file=sys.stderr)
    print(f"Next: tools/testing/test-pipeline {arguments.name}")
    print(f"      .venv/bin/python platform/orchestration/run.py {arguments.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
