"""Write the values of .env in base64, the form in which Kestra takes secrets.

Each line `NAME=value` becomes `SECRET_NAME=<base64>`. The output is readable by its owner only, and
is refused if git tracks it, or would track it with the next `git add`.
"""

import argparse
import base64
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")


class Refusal(Exception):
    """The file is not written; the message says why and what to do."""


def parse(text: str) -> dict[str, str]:
    """Return the assignments in the text of a .env file.

    A value may stand in single or double quotes. Without quotes, ` #` begins a comment.

    Raises:
        Refusal: a line is neither blank, a comment nor an assignment.
    """
    values: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        assignment = ASSIGNMENT.fullmatch(stripped)
        if not assignment:
            raise Refusal(f"line {number} is not NAME=value")
        name, value = assignment.groups()
        values[name] = _unquote(value, number)
    return values


def encode(values: dict[str, str]) -> str:
    """Return the lines that Kestra reads."""
    return "".join(
        f"SECRET_{name}={base64.b64encode(value.encode()).decode()}\n"
        for name, value in values.items()
    )


def refuse_if_committed(output: Path) -> None:
    """Raise a refusal if the file could end up in a commit, or is a link to somewhere else."""
    if output.is_symlink():
        raise Refusal(f"{output} is a symbolic link; remove it first")
    if not any((folder / ".git").exists() for folder in output.resolve().parents):
        return
    if _git(output, "ls-files", "--error-unmatch") == 0:
        raise Refusal(
            f"git tracks {output.name}, and secrets would be committed\n"
            f"  Run: git rm --cached {output.name}"
        )
    if _git(output, "check-ignore", "--quiet") != 0:
        raise Refusal(
            f"git does not ignore {output.name}, and secrets could be committed\n"
            f"  Add /{output.name} to .gitignore."
        )


def write(output: Path, text: str) -> None:
    """Write a file that only its owner can read; it is complete, or it is not there."""
    handle, name = tempfile.mkstemp(dir=output.resolve().parent, prefix=".env_encoded")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).chmod(0o600)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def main() -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Encode .env for Kestra.")
    parser.add_argument("--input", type=Path, default=Path(".env"))
    parser.add_argument("--output", type=Path, default=Path(".env_encoded"))
    arguments = parser.parse_args()
    try:
        values = parse(arguments.input.read_text(encoding="utf-8"))
        refuse_if_committed(arguments.output)
        write(arguments.output, encode(values))
    except FileNotFoundError as error:
        print(f"error: {error.filename} does not exist", file=sys.stderr)
        print("  Copy .env.example to .env, and fill it in.", file=sys.stderr)
        return 2
    except (Refusal, OSError, UnicodeDecodeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{arguments.output}: {len(values)} secrets")
    return 0


def _unquote(value: str, number: int) -> str:
    quote = value[:1]
    if quote not in {"'", '"'}:
        return re.split(r"\s+#", value, maxsplit=1)[0].rstrip()
    closing = value.find(quote, 1)
    rest = value[closing + 1 :].strip()
    if closing < 0 or (rest and not rest.startswith("#")):
        raise Refusal(f"line {number} has a quote that is not closed, or text behind it")
    return value[1:closing]


def _git(path: Path, *command: str) -> int:
    folder = path.resolve().parent
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *command, "--", path.name], capture_output=True, check=False
        )
    except FileNotFoundError:
        raise Refusal("this is a git repository, and git is not installed to ask it") from None
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
