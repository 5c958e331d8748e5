"""What Dagster says of the assets of a pipeline: keys, group and owners."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def owners_of(owner: str) -> list[str]:
    """Return the owner in the form that Dagster takes: an e-mail address or a team; none if none."""
    if not owner:
        return []
    known = ADDRESS.fullmatch(owner) or owner.startswith("team:")
    return [owner if known else f"team:{owner}"]


class PipelineTranslator(DagsterDbtTranslator):
    """Names what dbt makes: `orders/orders_daily` is the model orders_daily of the pipeline orders.

    A model or source whose `meta` names an asset key keeps it: so a pipeline reads what another
    has made.
    """

    def __init__(self, pipeline: str, owner: str) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))
        self.pipeline = pipeline
        self.owner = owner

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        meta = dbt_resource_props.get("config", {}).get("meta") or dbt_resource_props.get("meta")
        if "asset_key" in (meta or {}).get("dagster", {}):
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([self.pipeline, dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return self.pipeline

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str]:
        return owners_of(self.owner)
