"""Who builds an image of the root's Dockerfile without naming it, where that cannot be changed.

Services that build from a repository look for ``Dockerfile`` in its root, if their settings name no
other one (https://fly.io/docs/reference/configuration/#the-build-section,
https://docs.railway.com/reference/dockerfiles, https://cloud.google.com/run/docs/deploying-source-code,
https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/docker-v2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from posixpath import basename

from relayout.inventory import Inventory
from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Form
from relayout.planning.pipeline_parts.services import astro_projects
from relayout.source import line_at

_SETTINGS = {
    "fly.toml": "dockerfile",
    "railway.json": "dockerfilePath",
    "railway.toml": "dockerfilePath",
    "captain-definition": "dockerfilePath",
    "Dockerrun.aws.json": "",
    "app.json": "",
    ".gcloudignore": "",
    "okteto.yml": "dockerfile",
    "okteto.yaml": "dockerfile",
    "dagster_cloud.yaml": "",
    "skaffold.yaml": "dockerfile",
    "Tiltfile": "dockerfile",
    "devspace.yaml": "dockerfile",
    "garden.yml": "dockerfile",
    "docker-bake.hcl": "dockerfile",
    "docker-bake.json": "dockerfile",
}
"""Files of the root that have an image built, each with what names a Dockerfile in it."""
_NAMING = re.compile(
    r"heroku\.ya?ml|fly\..*toml|.*\.hcl|Tiltfile|.*\.Tiltfile|manifest\.ya?ml|app\.ya?ml|render\.ya?ml"
    r"|project\.toml|earthly|Earthfile|werf\.ya?ml|.*\.nomad|.*\.tf|cdk\.json|samconfig\.toml"
    r"|template\.ya?ml|deploy\.ya?ml|buildspec.*\.ya?ml|Jenkinsfile.*|.*\.groovy"
)
"""Other files that may have an image built, and then name its Dockerfile."""
_CALLS = re.compile(
    r"\bgcloud\s+(?:builds\s+submit|run\s+deploy)\b|\b(?:fly|flyctl)\s+deploy\b"
    r"|\bheroku\s+container:push\b|\beb\s+deploy\b|\bkamal\s+(?:deploy|setup|build)\b"
    r"|\bcaprover\s+deploy\b|\bastro\s+(?:dev|deploy)\b|\baz\s+acr\s+build\b"
    r"|\bimages\.build\(|\bdocker\.build\(|\bagent\s*\{\s*dockerfile\s+true"
    r"|[\"']docker[\"'],\s*[\"'](?:build|buildx)[\"']|\bkaniko/executor\b|\bcloud-builders/docker\b|\btask:\s*Docker@"
    r"|\buses:\s*[\w-]+/[\w.-]*docker[\w.-]*(?:build|publish)[\w.-]*@"
    r"|(?P<command>\b(?:docker|podman)\s+(?:buildx\s+|image\s+)?build\b)"
)
"""Calls that build an image, whichever tool they are made with."""
_VARIABLE = r"\$(?:\{\{[^{}]*\}\}|\{[^{}]*\}|\([^()]*\)|\w+)|%\w+%|\{\w*\}"
_FILE = re.compile(rb"(?:Docker|Container)file", re.IGNORECASE)
_NAME = re.compile(r"(?:Docker|Container)file", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:[\w./-]|{_VARIABLE})+\Z")
_AFTER_NAME = re.compile(rf"(?:[\w./-]|{_VARIABLE})+")
_LONGEST = 100
_NAMES_ONE = re.compile(r"(?:-f|--file|--dockerfile|dockerfile|file|filename)\s*[=:\s(\"',]", re.I)
_PRINTS = re.compile(r"^\s*(?:#|//|echo\b|printf\b|print\()")
_NO_CALLERS: tuple[str, ...] = (
    ".md",
    ".markdown",
    ".rst",
    ".txt",
    ".ipynb",
    ".csv",
    ".html",
    ".svg",
    ".png",
)
_NO_CALLERS += (".jpg", ".gif", ".pdf", ".parquet", ".avro", ".zip", ".gz", ".sql", ".lock")
_WORDS = (b"build", b"deploy", b"container:push", b"kaniko", b"dockerfile", b"Docker@")
_LARGEST = 300_000
_AFTER = 600
"""A call may go over so many characters."""


def builders_by_name(inventory: Inventory) -> str:
    """Return who finds the root's Dockerfile by its name, and cannot be told another; or empty."""
    tree = inventory.tree
    if "" in astro_projects(tree):
        return "Astro finds it by its name"
    for name, key in _SETTINGS.items():
        if name in tree and tree.is_regular(name):
            text = decoded(tree.read(name))[0]
            if not key or not re.search(rf"\b{key}\b", text):
                return f"{name} has it found by its name"
    for path in sorted(tree):
        if tree.is_regular(path) and path not in inventory.foreign and not _calls_nothing(path):
            line = _unnamed_call(path, inventory)
            if line:
                return f"{path}:{line} builds it without naming it"
    return ""


def named_unread(inventory: Inventory, path: str) -> str:
    """Return a file of settings that names a Dockerfile, where nothing follows that; or empty."""
    for file in sorted(inventory.tree):
        name = basename(file)
        if not inventory.tree.is_regular(file) or not (name in _SETTINGS or _NAMING.match(name)):
            continue
        content = inventory.tree.read(file)
        is_named = len(content) <= _LARGEST and path.encode() in content
        references = inventory.references.get(file, ())
        if is_named and all(path not in (one.path, *one.others) for one in references):
            return file
    return ""


def named_by_variables(inventory: Inventory, paths: Collection[str]) -> dict[str, str]:
    """Return which Dockerfiles are named by words with variables in them, each with the file.

    A variable may stand for anything within one part of a path.
    """
    found: dict[str, str] = {}
    tree = inventory.tree
    for file in sorted(tree):
        if not tree.is_regular(file) or file in inventory.foreign or _calls_nothing(file):
            continue
        content = tree.read(file)
        if len(content) <= _LARGEST and b"$" in content and _FILE.search(content):
            for pattern in _patterns(decoded(content)[0]):
                for path in filter(pattern.fullmatch, paths):
                    found.setdefault(path, file)
    return found


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    """Yield what the words match that name Dockerfiles and have variables in them."""
    for match in _NAME.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
        after = _AFTER_NAME.match(text, match.end(), match.end() + _LONGEST)
        word = (before[0] if before else "") + match[0] + (after[0] if after else "")
        parts = re.split(_VARIABLE, word.lstrip("./"))
        if not parts[0] and len(parts) > 1 and parts[1].startswith("/"):
            parts = [parts[1].lstrip("/"), *parts[2:]]  # a folder that ends there
        if len(parts) > 1:
            yield re.compile("(?:.*/)?" + "[^/]*".join(map(re.escape, parts)))


def _calls_nothing(path: str) -> bool:
    return path.casefold().endswith(_NO_CALLERS) or "dockerfile" in basename(path).casefold()


def _unnamed_call(path: str, inventory: Inventory) -> int:
    """Return the line of a call that names no Dockerfile and is not followed; 0 for none."""
    content = inventory.tree.read(path)
    if len(content) > _LARGEST or not any(word in content for word in _WORDS):
        return 0
    text = decoded(content)[0]
    if "\0" in text:
        return 0
    followed = {
        line_at(text, one.start + shift)
        for one in inventory.references.get(path, ())
        if one.form is Form.IMAGE
        for shift in (0, len(one.text))
    }
    for match in _CALLS.finditer(text):
        line = line_at(text, match.start())
        begins = text.rfind("\n", 0, match.start()) + 1
        if _PRINTS.match(text[begins : match.end()]):
            continue
        if match["command"] and path.endswith(".py") and text[match.start() - 1] not in "\"'":
            continue  # a text that tells somebody of the command
        call = _whole_call(text, match.start(), path)
        lines = range(line, line + call.count("\n") + 1)
        if not _NAMES_ONE.search(call, match.end() - match.start()) and not followed & {*lines}:
            return line
    return 0


def _whole_call(text: str, start: int, path: str) -> str:
    """Return a call: up to the end of its line, or of the lines that continue it."""
    if path.endswith((".yml", ".yaml", ".py", "Jenkinsfile", ".groovy")):
        return text[start : start + _AFTER]
    match = re.compile(r"(?:[^\n\\]|\\\r?\n|\\.)*").match(text, start, start + _AFTER)
    return match[0] if match else ""
