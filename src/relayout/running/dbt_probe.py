"""What the interpreter of a repository runs: dbt reads a project, and compiles it if it can.

It is a program of its own, on no search path of relayout's, and imports nothing but the standard
library and dbt (from 1.5, https://docs.getdbt.com/reference/programmatic-invocations). It has a
profile of its own, so that no database is asked: ``request`` names the project, the profile, and
what to call things.
"""

import importlib
import importlib.util
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

_ENV_VAR = re.compile(r"env_var\(\s*['\"](\w+)['\"]\s*\)")
_READ = (".sql", ".yml", ".yaml", ".py", ".md")
_STAND_IN = "1"
_VOLATILE = frozenset(
    {"created_at", "root_path", "build_path", "compiled_path", "defer_relation", "patch_path"}
    | {"original_file_path", "file_key_name"}
)
"""What a manifest says of when and where it was made."""
_KINDS = (
    *("nodes", "sources", "macros", "exposures", "metrics", "groups", "selectors", "docs"),
    *("semantic_models", "saved_queries", "unit_tests", "functions"),
)


def main() -> None:
    """Have dbt read the project of the request, and write the answer."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    answer: dict[str, Any] = {"python": sys.version.split()[0], "dbt": "", "error": ""}
    try:
        runner = importlib.import_module("dbt.cli.main").dbtRunner
        answer["dbt"] = str(importlib.import_module("dbt.version").__version__)
    except (ImportError, AttributeError) as error:
        answer["unavailable"] = str(error)
    else:
        answer.update(_facts(runner, request))
    Path(request["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def _facts(runner: Any, request: dict[str, Any]) -> dict[str, Any]:
    folder = Path(request["project"]).resolve()
    work = Path(request["answer"]).parent
    profile, kind = _profile(request)
    (work / "profiles.yml").write_text(json.dumps(profile), encoding="utf-8")  # JSON is YAML
    stood_in = _stand_in(folder)
    os.chdir(folder)
    target = work / "target"
    options = [
        *("--project-dir", str(folder), "--profiles-dir", str(work), "--target-path", str(target)),
        *("--profile", request["profile"], "--log-path", str(work / "logs")),
        *("--target", request["target"]),
    ]
    facts: dict[str, Any] = {"adapter": kind, "stood_in": stood_in, "compiled": ""}
    flags = ["--no-partial-parse", "--no-version-check", "--no-send-anonymous-usage-stats"]
    done = runner().invoke([*flags, "parse", *options])
    if not done.success:
        return {**facts, "error": _why(done, "dbt parse failed")}
    read = _manifest(target, str(folder), request["root"])
    no_database = ["--no-introspect", "--no-populate-cache"]
    done = runner().invoke([*flags, "compile", *options, *no_database])
    if done.success:
        return {**facts, "manifest": _manifest(target, str(folder), request["root"])}
    written = _manifest(target, str(folder), request["root"])
    why = _why(done, "dbt compile needs its database")
    return {**facts, "manifest": written or read, "compiled": why}


def _profile(request: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the profile that stands in, and the adapter that it is for.

    A profile that says of no adapter what it is gets the first one that is installed.
    """
    installed = [kind for kind in request["connections"] if _is_installed(kind)]
    outputs = dict(request["outputs"])
    for name, output in outputs.items():
        kind = output.get("type") or (installed[0] if installed else "postgres")
        outputs[name] = {**request["connections"].get(kind, {}), **output, "type": kind}
    chosen = outputs[request["target"]]
    return {request["profile"]: {"target": request["target"], "outputs": outputs}}, chosen["type"]


def _is_installed(kind: str) -> bool:
    return importlib.util.find_spec("dbt.adapters." + kind) is not None


def _stand_in(folder: Path) -> list[str]:
    """Give each variable that the project needs a value if it has none; return their names."""
    wanted: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name not in ("target", "logs", ".git", ".venv")]
        for name in names:
            file = Path(place) / name
            if name.endswith(_READ) and name != "profiles.yml" and file.is_file():
                text = file.read_text(encoding="utf-8", errors="replace")
                wanted.update(_ENV_VAR.findall(text) if "env_var" in text else ())
    missing = sorted(name for name in wanted if name not in os.environ)
    os.environ.update(dict.fromkeys(missing, _STAND_IN))
    return missing


def _why(done: Any, otherwise: str) -> str:
    """Return in one line why dbt failed."""
    texts = [str(done.exception)] if done.exception else []
    for one in getattr(done.result, "results", None) or []:
        if str(getattr(one, "status", "")) == "error":
            texts.append(one.node.name + ": " + str(one.message))
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    return ": ".join(lines[:2]) or otherwise


def _manifest(target: Path, folder: str, root: str) -> dict[str, Any]:
    """Return what a manifest says of the project and its packages, but not of dbt's own macros."""
    file = target / "manifest.json"
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    for place in sorted({folder, str(Path(root).resolve()), root}, key=len, reverse=True):
        text = text.replace(json.dumps(place)[1:-1], "")
    whole = json.loads(text)
    own = str(whole["metadata"].get("project_name") or "")
    found: dict[str, Any] = {"project": own}
    for kind in _KINDS:
        entries = whole.get(kind) or {}
        found[kind] = {
            name: _lasting(entry)
            for name, entry in entries.items()
            if kind not in ("macros", "docs") or not _is_of_dbt(entry)
        }
    found["disabled"] = {name: len(entries) for name, entries in (whole["disabled"] or {}).items()}
    return found


def _is_of_dbt(entry: Any) -> bool:
    package = entry.get("package_name", "") if isinstance(entry, dict) else ""
    return package == "dbt" or _is_installed(package.removeprefix("dbt_"))


def _lasting(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    kept = {key: value for key, value in entry.items() if key not in _VOLATILE}
    if kept.get("raw_code") or (kept.get("checksum") or {}).get("name") == "path":
        kept.pop("checksum", None)  # the text itself is there; of a large seed only its path counts
    return kept


if __name__ == "__main__":
    main()
