"""Which pipelines there are, and what each says of itself in `config/pipeline.yml`.

A pipeline is a folder of `pipelines/` with something to run. No file lists them: whoever needs them looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = Path("config", "pipeline.yml")
DEFINITIONS = Path("orchestration", "definitions.py")
KINDS = ("api", "database", "file", "pipeline", "stream")
KEYS = (
    "description",
    "owner",
    "schedule",
    "fresh_within_hours",
    "sources",
    "outputs",
    "readers",
    "secrets",
    "labels",
)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # some ten times faster where it exists


class SettingsError(Exception):
    """The settings of a pipeline are absent or wrong; the message says in which file, and what."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where data comes from, outside of the pipeline that says so."""

    name: str
    kind: str
    location: str


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """What a pipeline says of itself. An owner that is not named is empty."""

    name: str
    description: str = ""
    owner: str = ""
    schedule: str | None = None
    fresh_within_hours: float | None = None
    sources: tuple[Source, ...] = ()
    outputs: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


def pipeline_names(root: Path = ROOT) -> list[str]:
    """Return the names of the pipelines of a repository, in order.

    A folder in which only caches are left, of a pipeline that git removed, is none.
    """
    folder = root / "pipelines"
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.name != "shared")
    return sorted(path.name for path in found if path.name[0] not in "._" and _is_pipeline(path))


def code_locations(root: Path = ROOT) -> dict[str, str]:
    """Return the pipelines that Dagster can load, and the module with the definitions of each."""
    return {
        name: f"pipelines.{name}.orchestration.definitions"
        for name in pipeline_names(root)
        if (root / "pipelines" / name / DEFINITIONS).is_file()
    }


def settings_of(folder: Path) -> PipelineSettings:
    """Return what the pipeline in a folder says of itself.

    Raises:
        SettingsError: there is no such file, or it is not what it should be.
    """
    path = folder / SETTINGS
    shown = f"pipelines/{folder.name}/{SETTINGS.as_posix()}"
    try:
        content = yaml.load(path.read_bytes(), Loader=_LOADER)
    except OSError as error:
        raise SettingsError(f"{shown}: {error.strerror}") from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SettingsError(f"{shown}{line}: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"{shown}: not YAML: {error}") from error
    try:
        return _settings(folder.name, {} if content is None else content)
    except SettingsError as error:
        raise SettingsError(f"{shown}: {error}") from None


def _is_pipeline(folder: Path) -> bool:
    return (
        (folder / SETTINGS).is_file()
        or (folder / "dbt" / "dbt_project.yml").is_file()
        or any((folder / "orchestration").glob("*.py"))
    )


def _settings(name: str, content: object) -> PipelineSettings:
    if not isinstance(content, dict):
        raise SettingsError(f"must be a mapping with the keys {', '.join(KEYS)}")
    for key in content:
        if key not in KEYS:
            raise SettingsError(f"unknown key {key!r}; known are {', '.join(KEYS)}")
    return PipelineSettings(
        name=name,
        description=_text(content, "description"),
        owner=_text(content, "owner"),
        schedule=_cron(content),
        fresh_within_hours=_hours(content),
        sources=tuple(_source(source) for source in _list(content, "sources")),
        outputs=_texts(content, "outputs"),
        readers=_texts(content, "readers"),
        secrets=_texts(content, "secrets"),
        labels=_labels(content),
    )


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SettingsError(f"{key} must be text, not {value!r}")
    return value.strip()


def _list(content: Mapping[str, Any], key: str) -> list[Any]:
    value = content.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise SettingsError(f"{key} must be a list, not {value!r}")
    return value


def _texts(content: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = _list(content, key)
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{key} must be a list of names; {value!r} is none")
    return tuple(value.strip() for value in values)


def _cron(content: Mapping[str, Any]) -> str | None:
    text = _text(content, "schedule")
    if text and not text.startswith("@") and len(text.split()) != 5:
        raise SettingsError(f"schedule must be a cron line of five fields, not {text!r}")
    return text or None


def _hours(content: Mapping[str, Any]) -> float | None:
    value = content.get("fresh_within_hours")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise SettingsError(f"fresh_within_hours must be a number of hours, not {value!r}")
    return float(value)


def _source(value: object) -> Source:
    if not isinstance(value, dict) or set(value) != {"name", "kind", "location"}:
        raise SettingsError(f"each of sources needs name, kind and location, not {value!r}")
    source = Source(*(_text(value, key) for key in ("name", "kind", "location")))
    if not source.name or not source.location:
        raise SettingsError(f"each of sources needs name, kind and location, not {value!r}")
    if source.kind not in KINDS:
        raise SettingsError(f"kind of {source.name!r} must be one of {', '.join(KINDS)}")
    if source.kind == "pipeline" and not all(source.location.partition(".")):
        raise SettingsError(
            f"location of {source.name!r} must be <pipeline>.<output>, not {source.location!r}"
        )
    return source


def _labels(content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    value = content.get("labels")
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise SettingsError(f"labels must be a mapping, not {value!r}")
    return tuple(sorted((str(key), str(text)) for key, text in value.items()))
