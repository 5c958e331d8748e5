"""Settings of a repository's own name a dbt project, or only look as if they did."""

from __future__ import annotations

import pytest

from dbt_trees import IN_ROOT, PLACE, beside


@pytest.mark.parametrize(
    "text",
    [
        "dbt:\n  project_dir: dbt_shop  # here\n",
        "dbt: {path: './dbt_shop'}\n",
        "working_directory: dbt_shop\n",
        "seeds:\n  - dbt_shop/seeds/live.csv\n",
        "model: dbt_shop/models/orders.sql\n",
        "manifest: dbt_shop/target/manifest.json\n",
        "database: dbt_shop/dev.duckdb\n",
    ],
)
def test_a_path_of_a_project_follows(text: str) -> None:
    assert beside("config/shop.yaml", text) == (text.replace("dbt_shop", PLACE), [])


def test_so_it_does_in_json() -> None:
    text = '{"dbt": {"projectDir": "dbt_shop", "name": "dbt_shop"}}\n'
    assert beside("config/shop.json", text) == (text.replace("dbt_shop", PLACE, 1), [])


@pytest.mark.parametrize(
    "text",
    [
        "name: dbt_shop\n",
        "tags: [x]\ngroup: dbt_shop\n",
        "dbt_shop: 1\n",
        "text: run dbt_shop daily\n",
        "url: https://example.org/dbt_shop/models\n",
        "image: registry/dbt_shop:latest\n",
        "path: dbt_shop/notes/other.txt\n",
        "path: /srv/dbt_shop\n",
        "path: [dbt_shop\n",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert beside("config/shop.yaml", text) == (text, [])


def test_a_word_that_may_be_one_is_told() -> None:
    text = "runs: [dbt_shop_eu]\n"
    project = {"dbt_shop_eu/dbt_project.yml": "name: shop\n"}
    about = ['1: "dbt_shop_eu" names dbt_shop_eu, and may be its path']
    assert beside("config/shop.yaml", text, project) == (text, about)


@pytest.mark.parametrize("path", ["dbt_project.yml", "models/orders.yml", "config/other.yaml"])
def test_words_that_are_folders_of_a_project_in_the_root_are_left(path: str) -> None:
    text = "name: shop\ntarget-path: target\nclean-targets: [target]\npath: target\n"
    assert beside(path, text, {**IN_ROOT, path: text})[0] == text


def test_a_plugin_of_meltano_takes_a_folder_that_nothing_names() -> None:
    project = {"transform/dbt_project.yml": "name: a\n"}
    text = "plugins:\n  utilities:\n  - name: dbt-postgres\n    variant: dbt-labs\n"
    after, about = beside("meltano.yml", text, project)
    assert after == text
    assert about == [
        '3: "dbt-postgres" names transform, which Meltano takes for the project unless '
        "project_dir of the plugin says another"
    ]
    told = f"{text}    config: {{project_dir: transform}}\n"
    assert beside("meltano.yml", told, project)[1] == []
