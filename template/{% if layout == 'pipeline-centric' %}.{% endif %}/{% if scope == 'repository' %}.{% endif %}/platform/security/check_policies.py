"""Check who may what: owners are known, outputs are read by those who may, and secrets are named by who uses them.

What holds for all is in `access.yml`; what a pipeline says of itself is in its `config/pipeline.yml`. Only names of
secrets are read and shown, never values.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from pipelines.shared.utilities.registry import (
    PipelineSettings,
    SettingsError,
    pipeline_names,
    settings_of,
)

ROOT = Path(__file__).resolve().parents[2]
ACCESS = Path("platform", "security", "access.yml")
SUFFIXES = {".py", ".sh", ".sql", ".toml", ".yaml", ".yml"}
MADE = {"__pycache__", "data", "dbt_packages", "logs", "target"}
LARGEST = 1_000_000

_NAME = r"([A-Za-z_][A-Za-z0-9_]{0,99})"
_USES = re.compile(
    rf"(?:env_var|getenv|EnvVar|environ\.get|environ\.pop)\(\s*['\"]{_NAME}['\"]"
    rf"|environ\[\s*['\"]{_NAME}['\"]"
    rf"|\benv:\s*['\"]?{_NAME}"
    rf"|\$\{{?{_NAME}"
)


class PolicyError(Exception):
    """The rules for all are absent or wrong; the message says what."""


@dataclass(frozen=True, slots=True)
class Access:
    """The rules for all pipelines."""

    owners: tuple[str, ...] = ()
    secret_names: tuple[str, ...] = ()
    platform_secrets: tuple[str, ...] = ()


def access_of(root: Path) -> Access:
    """Return the rules for all pipelines of a repository.

    Raises:
        PolicyError: they are absent or wrong.
    """
    try:
        content: Any = yaml.safe_load((root / ACCESS).read_bytes())
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise PolicyError(f"{ACCESS}: {error}") from error
    keys = Access.__slots__
    if not isinstance(content, dict) or not set(content) <= set(keys):
        raise PolicyError(f"{ACCESS}: must be a mapping with the keys {', '.join(keys)}")
    for key, names in content.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise PolicyError(f"{ACCESS}: {key} must be a list of names")
    return Access(**{key: tuple(names) for key, names in content.items()})


def broken(root: Path, access: Access) -> Iterator[str]:
    """Yield what is against the rules, one line for each; settings that are wrong are the catalogue's."""
    known: dict[str, PipelineSettings] = {}
    for name in pipeline_names(root):
        try:
            known[name] = settings_of(root / "pipelines" / name)
        except SettingsError:
            known[name] = PipelineSettings(name)
    for name, settings in known.items():
        if settings.owner and access.owners and settings.owner not in access.owners:
            yield f"pipelines/{name}: {settings.owner} is no owner that {ACCESS.as_posix()} knows"
        yield from _unpermitted(settings, known)
        named = {*settings.secrets, *access.platform_secrets}
        for variable, path in _secrets_used(root / "pipelines" / name, access.secret_names):
            if variable not in named:
                shown = path.relative_to(root).as_posix()
                yield f"{shown}: uses {variable}, which secrets in config/pipeline.yml do not name"


def main() -> int:
    """Run the check, and return its exit status."""
    try:
        problems = list(broken(ROOT, access_of(ROOT)))
    except PolicyError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _unpermitted(
    settings: PipelineSettings, known: Mapping[str, PipelineSettings]
) -> Iterator[str]:
    """Yield what a pipeline reads without being one of the readers of it."""
    for source in settings.sources:
        other = known.get(source.location.partition(".")[0]) if source.kind == "pipeline" else None
        if other and other.readers and settings.owner not in {other.owner, *other.readers}:
            owner = settings.owner or "nobody"
            yield (
                f"pipelines/{settings.name}: reads {source.location}, and {owner} is none of the "
                f"readers of {other.name}"
            )


def _secrets_used(folder: Path, patterns: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield each variable with the name of a secret that a pipeline uses, and the first file that does."""
    patterns = list(patterns)
    seen: set[str] = set()
    for path in _files(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        for groups in _USES.findall(text):
            variable = "".join(groups)
            if variable not in seen and any(fnmatchcase(variable, p) for p in patterns):
                seen.add(variable)
                yield variable, path


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that a person wrote, in order; what cannot be read is left out."""
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name in MADE:
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.suffix in SUFFIXES and path.stat().st_size <= LARGEST:
            yield path


if __name__ == "__main__":
    sys.exit(main())
