"""Platforms that install what a ``requirements.txt`` in the root names, without being told so.

Each is known by a file that it reads, or by a command that deploys the root to it.
"""

from __future__ import annotations

import re
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.runners import runner_kind

_FILES = {
    ".astro/*": "Astro",
    ".chalice/*": "Chalice",
    ".deployment": "Azure App Service",
    ".ebextensions/*": "Elastic Beanstalk",
    ".elasticbeanstalk/*": "Elastic Beanstalk",
    ".platform.app.yaml": "Platform.sh",
    ".replit": "Replit",
    ".streamlit/*": "Streamlit Community Cloud",
    "Procfile": "Heroku",
    "app.json": "Heroku",
    "app.yaml": "App Engine",
    "dagster_cloud.yaml": "Dagster+",
    "host.json": "Azure Functions",
    "manifest.yml": "Cloud Foundry",
    "nixpacks.toml": "Nixpacks",
    "project.toml": "Cloud Native Buildpacks",
    "railway.json": "Railway",
    "railway.toml": "Railway",
    "render.yaml": "Render",
    "runtime.txt": "Heroku",
    "serverless.yaml": "the Serverless Framework",
    "serverless.yml": "the Serverless Framework",
    "template.yaml": "AWS SAM",
    "template.yml": "AWS SAM",
    "vercel.json": "Vercel",
}
"""Files of the root, each with the platform that it is written for.

See https://devcenter.heroku.com/articles/python-support,
https://docs.streamlit.io/deploy/streamlit-community-cloud/deploy-your-app/app-dependencies,
https://cloud.google.com/appengine/docs/standard/python3/specifying-dependencies,
https://learn.microsoft.com/azure/azure-functions/functions-reference-python.
"""

_ONBUILD = re.compile(
    rb"^\s*FROM\s[^\n]*(?:astro-runtime|ap-airflow|onbuild)", re.IGNORECASE | re.MULTILINE
)
"""Images that take up a ``requirements.txt`` when others are built on them
(https://docs.docker.com/reference/dockerfile/#onbuild)."""

_DEPLOYS = re.compile(
    rb"\bgcloud\b[^\n]*\b(?:functions|run|app)\s+deploy\b"
    rb"|\b(?:functions-framework|func\s+azure|az\s+webapp|chalice\s+deploy|sam\s+build)\b"
    rb"|Azure/(?:functions-action|webapps-deploy)@",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(rb"mybinder\.org/v2|share\.streamlit\.io|\.streamlit\.app\b")
_LONGEST = 1_000_000


_SAYS = {
    "app.json": rb"\"(?:buildpacks|formation|addons)\"",
    "app.yaml": rb"^runtime:",
    "manifest.yml": rb"\bbuildpacks?\b",
    "runtime.txt": rb"^python",
    "template.yaml": rb"AWS::Serverless",
    "template.yml": rb"AWS::Serverless",
}
"""What a file of such a name says if it is the platform's, and no other's."""


def installs_from_root(inventory: Inventory) -> str:
    """Return the platform that installs from a ``requirements.txt`` in the root; empty for none."""
    tree = inventory.tree
    for path in sorted(tree):
        pattern = f"{path.partition('/')[0]}/*" if "/" in path else path
        if pattern in _FILES and _is_of_platform(path, inventory):
            return _FILES[pattern]
    for path in sorted(tree):
        if path in inventory.foreign or not tree.is_regular(path):
            continue
        said, platform = _said_by(path)
        if said is not None and said.search(tree.read(path)[:_LONGEST]):
            return platform
    return ""


def _is_of_platform(path: str, inventory: Inventory) -> bool:
    says = _SAYS.get(path)
    if says is None:
        return True
    is_regular = inventory.tree.is_regular(path)
    text = inventory.tree.read(path)[:_LONGEST] if is_regular else b""
    return re.search(says, text, re.MULTILINE) is not None


def _said_by(path: str) -> tuple[re.Pattern[bytes] | None, str]:
    """Return what a file says if a platform installs from the root, and what to call that."""
    if is_dockerfile(path) and not dirname(path):
        return _ONBUILD, "an image that is built on"
    if basename(path).lower().startswith("readme") and not dirname(path):
        return _ADDRESSES, "a service that the readme links to"
    if runner_kind(path) is not None:
        return _DEPLOYS, "a command that deploys the root"
    return None, ""
