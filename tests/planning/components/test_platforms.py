"""Some platforms install what a requirements.txt in the root names, without being told so."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.components.platforms import installs_from_root
from relayout.tree import Tree


def platform_of(path: str, text: str) -> str:
    return installs_from_root(take_inventory(Tree.of({path: text})))


@pytest.mark.parametrize(
    ("path", "text", "platform"),
    [
        ("Procfile", "worker: python run.py\n", "Heroku"),
        ("runtime.txt", "python-3.11.9\n", "Heroku"),
        ("app.yaml", "runtime: python311\n", "App Engine"),
        ("template.yaml", "Resources:\n  F:\n    Type: AWS::Serverless::Function\n", "AWS SAM"),
        ("serverless.yml", "service: loads\n", "the Serverless Framework"),
        (".streamlit/config.toml", "[server]\n", "Streamlit Community Cloud"),
        (".astro/config.yaml", "project:\n  name: sales\n", "Astro"),
        ("Dockerfile", "FROM quay.io/astronomer/astro-runtime:11.3.0\n", "built on"),
        ("README.md", "[demo](https://sales.streamlit.app)\n", "readme links"),
        ("deploy.sh", "gcloud functions deploy load --source .\n", "deploys"),
        (".github/workflows/cd.yml", "      - uses: Azure/functions-action@v1\n", "deploys"),
    ],
)
def test_what_shows_a_platform(path: str, text: str, platform: str) -> None:
    assert platform in platform_of(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.yaml", "apiVersion: apps/v1\nkind: Deployment\n"),
        ("app.json", '{"name": "sales"}\n'),
        ("deploy/Procfile", "web: run\n"),
        ("manifest.yml", "apiVersion: v1\n"),
        ("Dockerfile", "FROM python:3.11\nCOPY requirements.txt .\n"),
        ("deploy.sh", "gcloud storage cp data.csv gs://bucket\n"),
        ("docs/notes.md", "See https://sales.streamlit.app\n"),
    ],
)
def test_what_only_looks_like_one(path: str, text: str) -> None:
    assert platform_of(path, text) == ""
