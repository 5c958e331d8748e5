"""The words that data platforms use for stages of data, each with the stage that it stands for.

Bronze, silver and gold are the layers of the medallion architecture
(https://www.databricks.com/glossary/medallion-architecture), facts and dimensions the tables of
dimensional modelling
(https://www.kimballgroup.com/data-warehouse-business-intelligence-resources/kimball-techniques/),
staging, intermediate and marts the layers of a dbt project
(https://docs.getdbt.com/best-practices/how-we-structure/1-guide-overview).
"""

from __future__ import annotations

import re

STAGES = ("raw", "processed", "consolidated", "dimensional", "facts")
"""The stages of a layout, from the sources on."""

_WORDS = {
    "raw": "raw bronze landing landed ingest ingested ingestion ingestions source sources sourced"
    " extract extracts extracted extraction extractions download downloads downloaded fetch fetched"
    " seed seeds external upstream",
    "processed": "processed processing silver clean cleaned cleaning cleansed parsed parsing parse"
    " transform transforms transformed transformation transformations staging stg stage staged"
    " intermediate int prepared preprocessed preprocessing normalized enriched validated curated"
    " filtered",
    "consolidated": "consolidated consolidation merged unified combined integrated integration"
    " joined unioned",
    "dimensional": "dim dims dimension dimensions dimensional",
    "facts": "fact facts fct gold mart marts metric metrics kpi kpis report reports reporting rpt"
    " analytics presentation",
}
_STAGE_OF = {word: stage for stage, words in _WORDS.items() for word in words.split()}

_PREFIXES = {
    "raw": "raw",
    "src": "raw",
    "stg": "processed",
    "int": "processed",
    "dim": "dimensional",
    "fact": "facts",
    "fct": "facts",
    "mart": "facts",
    "rpt": "facts",
}
"""First parts of the names of tables, which say more than words further on."""

_FACTS = frozenset({"fact", "facts", "fct"})
"""Words that mean nothing but facts; marts and layers of gold have their dimensions as well."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ONLY_AS_NAME = frozenset({"int", "stage", "external", "upstream", "analytics"})
"""Words that mean a stage only where they are all of a name."""


def stage_in(name: str) -> str | None:
    """Return the stage that a name of a group, folder, file or table says, or None."""
    words = [word.lower() for word in _WORD.findall(name[:200])]
    if len(words) == 1:
        return _STAGE_OF.get(words[0])
    if words and words[0] in _PREFIXES:
        return _PREFIXES[words[0]]
    said = (_STAGE_OF.get(word) for word in words if word not in _ONLY_AS_NAME)
    return next((stage for stage in said if stage is not None), None)


def has_dimensions(name: str) -> bool:
    """Return whether the name of a stage of facts is one of marts, which have dimensions too."""
    return _FACTS.isdisjoint(word.lower() for word in _WORD.findall(name[:200]))
