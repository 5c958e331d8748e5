"""Check that no secret is in git: by the names of files, and by what has the form of a key or of a password.

Only files that git tracks are looked at. What is found is shown by place and kind, never by its text. A line that
only looks like it, as in a test, says so with the words `not a secret`. Passwords of any other form are not found:
keep them in the environment, and name them in `config/pipeline.yml`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 1_000_000
EXCUSE = b"not a secret"
NAMES = (
    ".env",
    ".env.*",
    ".netrc",
    ".pgpass",
    "*.jks",
    "*.kdbx",
    "*.keystore",
    "*.p12",
    "*.pfx",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_rsa",
)
EXAMPLES = ("*.example", "*.sample", "*.template", "*.dist")
KINDS = {
    "a private key": rb"-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY",
    "an AWS access key": rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a GitHub token": rb"\b(?:gh[opsru]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{50})",
    "a GitLab token": rb"\bglpat-[0-9A-Za-z_-]{20}",
    "a Slack token": rb"\bxox[abeprs]-[0-9A-Za-z-]{10}",
    "a Google API key": rb"\bAIza[0-9A-Za-z_-]{35}",
    "a password in a URL": (
        rb"://(?P<user>[^/\s:@'\"]{1,99}):(?P<password>[^/\s:@'\"]{3,199})@[A-Za-z0-9]"
    ),
}
_SECRETS = [(kind, re.compile(pattern)) for kind, pattern in KINDS.items()]
_NO_PASSWORD = re.compile(rb"[${<%*]|(?i:(?:pass(?:word|wd)?|secret|changeme|example|x+)\Z)")


class GitError(Exception):
    """Git cannot say which files it tracks."""


def tracked(root: Path) -> list[str]:
    """Return the files that git tracks, or will with the next commit.

    Raises:
        GitError: this is no repository of git.
    """
    command = ["git", "-C", str(root), "ls-files", "-z"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise GitError(done.stderr.decode(errors="replace").strip())
    return [path for path in done.stdout.decode(errors="surrogateescape").split("\0") if path]


def secrets_in(root: Path, paths: list[str]) -> Iterator[str]:
    """Yield where a secret is and of which kind, one line for each."""
    for path in paths:
        name = path.rpartition("/")[2]
        if _matches(name, NAMES) and not _matches(name, EXAMPLES):
            yield f"{path}: a file of this name holds secrets"
        else:
            yield from _in_file(root / path, path)


def main() -> int:
    """Run the check, and return its exit status."""
    try:
        found = list(secrets_in(ROOT, tracked(ROOT)))
    except GitError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for line in found:
        print(f"error: {line}", file=sys.stderr)
    if found:
        print(
            "  Take it out of git, and change it where it is valid: whoever has the history has it.",
            file=sys.stderr,
        )
    return 1 if found else 0


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _in_file(path: Path, shown: str) -> Iterator[str]:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        return
    content = path.read_bytes()
    for kind, pattern in _SECRETS:
        for match in pattern.finditer(content):
            start = content.rfind(b"\n", 0, match.start()) + 1
            end = content.find(b"\n", match.end())
            line = content[start : end if end >= 0 else len(content)]
            if EXCUSE not in line and not _is_placeholder(match):
                yield f"{shown}:{content.count(bytes([10]), 0, start) + 1}: {kind}"


def _is_placeholder(match: re.Match[bytes]) -> bool:
    """Say whether a password in a URL stands for another, or is that of a local database as `user:user`."""
    groups = match.groupdict()
    if not groups:
        return False
    password = groups["password"]
    return password == groups["user"] or _NO_PASSWORD.match(password) is not None


if __name__ == "__main__":
    sys.exit(main())
