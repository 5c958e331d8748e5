"""Write the catalogue of all pipelines: whose they are, when they run, what they read and make.

Everything is found in the pipelines themselves: `config/pipeline.yml`, the files of dbt, the orchestration code.
`docs/catalogue/` gets it as JSON (the form is in catalogue.schema.json) and as one page; git ignores both, and the
same files give the same bytes. `--check` writes nothing, and fails if a pipeline has no owner or says what is not so.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue_page import page
from code_facts import CodeFacts, code_facts
from dbt_nodes import DbtProject, Node, dbt_project

from pipelines.shared.utilities.registry import (
    PipelineSettings,
    SettingsError,
    code_locations,
    pipeline_names,
    settings_of,
)

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = Path("docs", "catalogue")
VERSION = 1
LAYERS = ("raw", "staging", "intermediate", "marts")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """All that is found out about one pipeline, before it is seen together with the others."""

    settings: PipelineSettings
    dbt: DbtProject
    code: CodeFacts
    problems: tuple[str, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Tables of dbt, and assets that are none of them."""
        tables = {node.name for node in self.dbt.nodes}
        return (*self.dbt.nodes, *(node for node in self.code.assets if node.name not in tables))

    @property
    def outputs(self) -> tuple[str, ...]:
        """What others may read: what is declared, else what nothing else in the pipeline reads."""
        if self.settings.outputs:
            return self.settings.outputs
        read = {name for node in self.nodes for name in node.reads}
        return tuple(n.name for n in self.nodes if n.kind != "source" and n.name not in read)

    @property
    def known(self) -> set[str]:
        """Every name that an output can have."""
        return {node.name for node in self.nodes} | self.code.words


def find(root: Path) -> dict[str, Pipeline]:
    """Return what is found out about each pipeline of a repository."""
    return {name: _pipeline(root / "pipelines" / name) for name in pipeline_names(root)}


def catalogue(root: Path) -> dict[str, Any]:
    """Return the catalogue of a repository, in the form that is written as JSON."""
    found = find(root)
    located = code_locations(root)
    projects = {pipeline.dbt.name: name for name, pipeline in found.items()}
    reads = {name: _reads(name, pipeline, found, projects) for name, pipeline in found.items()}
    read_by: dict[str, list[str]] = {name: [] for name in found}
    for name, others in reads.items():
        for other in others:
            read_by[other].append(name)
    entries = [
        {
            **_entry(pipeline),
            "code_location": located.get(name),
            "reads_from": reads[name],
            "read_by": read_by[name],
            "problems": [*pipeline.problems, *_wrong(pipeline, found, reads[name])],
        }
        for name, pipeline in found.items()
    ]
    return {"version": VERSION, "pipelines": entries}


def problems_of(content: Mapping[str, Any]) -> list[str]:
    """Return what falls short in a catalogue, one line for each."""
    return [
        f"pipelines/{entry['name']}: {problem}"
        for entry in content["pipelines"]
        for problem in entry["problems"]
    ]


def main(options: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Write the catalogue of all pipelines.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on problems")
    content = catalogue(ROOT)
    if parser.parse_args(options).check:
        problems = problems_of(content)
        for problem in problems:
            print(f"error: {problem}", file=sys.stderr)
        return 1 if problems else 0
    folder = ROOT / OUTPUT
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (folder / "catalogue.json").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(page(content), encoding="utf-8")
    print(f"{OUTPUT / 'index.html'}: {len(content['pipelines'])} pipelines")
    return 0


def _pipeline(folder: Path) -> Pipeline:
    problems = []
    try:
        settings = settings_of(folder)
    except SettingsError as error:
        settings = PipelineSettings(folder.name)
        problems.append(f"no owner: {error}")
    else:
        if not settings.owner:
            problems.append("no owner: name one in config/pipeline.yml")
        if not settings.description:
            problems.append("no description: say in config/pipeline.yml what it is for")
    dbt = dbt_project(folder / "dbt")
    code = code_facts(folder / "orchestration")
    return Pipeline(settings, dbt, code, (*problems, *dbt.problems, *code.problems))


def _entry(pipeline: Pipeline) -> dict[str, Any]:
    settings = pipeline.settings
    about = {node.name: node.description for node in pipeline.nodes}
    return {
        "name": settings.name,
        "description": settings.description,
        "owner": settings.owner or None,
        "schedule": settings.schedule or ", ".join(pipeline.code.schedules) or None,
        "fresh_within_hours": settings.fresh_within_hours,
        "labels": dict(settings.labels),
        "readers": list(settings.readers),
        "secrets": list(settings.secrets),
        "sources": _sources(pipeline),
        "outputs": [
            {
                "name": name,
                "description": about.get(name, ""),
                "declared": name in settings.outputs,
            }
            for name in pipeline.outputs
        ],
        "nodes": [
            {
                "name": node.name,
                "kind": node.kind,
                "description": node.description,
                "reads": list(node.reads),
            }
            for node in pipeline.nodes
        ],
    }


def _sources(pipeline: Pipeline) -> list[dict[str, str]]:
    """Return where data comes from: as declared, else the sources of dbt."""
    if pipeline.settings.sources:
        return [
            {"name": source.name, "kind": source.kind, "location": source.location}
            for source in pipeline.settings.sources
        ]
    return [
        {
            "name": node.name,
            "kind": "table",
            "location": f"{node.schema}.{node.name.partition('.')[2]}",
        }
        for node in pipeline.dbt.nodes
        if node.kind == "source"
    ]


def _reads(
    name: str, pipeline: Pipeline, found: Mapping[str, Pipeline], projects: Mapping[str, str]
) -> list[str]:
    """Return the other pipelines that one reads: as declared, and as its tables show."""
    others = {other for other, _ in _declared(pipeline)}
    for node in pipeline.dbt.nodes:
        others |= {projects.get(read.partition(":")[0], "") for read in node.reads if ":" in read}
        others.add(_owner_of(node.schema, found))
    return sorted((others & found.keys()) - {name})


def _owner_of(schema: str, found: Iterable[str]) -> str:
    """Return the pipeline whose schema it is: `orders_marts` is one of `orders`."""
    name, _, layer = schema.rpartition("_")
    return name if layer in LAYERS and name in found else ""


def _declared(pipeline: Pipeline) -> list[tuple[str, str]]:
    """Return the outputs of other pipelines that one says it reads."""
    pairs = []
    for source in pipeline.settings.sources:
        if source.kind == "pipeline":
            other, _, output = source.location.partition(".")
            pairs.append((other, output))
    return pairs


def _wrong(pipeline: Pipeline, found: Mapping[str, Pipeline], reads: Iterable[str]) -> list[str]:
    """Return what a pipeline says that is not so."""
    wrong = [
        f"output {name} is neither a table of dbt nor named in orchestration/"
        for name in pipeline.settings.outputs
        if name not in pipeline.known
    ]
    declared = _declared(pipeline)
    for other, output in declared:
        if other not in found:
            wrong.append(f"reads {other}.{output}, but there is no pipeline {other}")
        elif output not in found[other].outputs:
            wrong.append(f"reads {other}.{output}, which is no output of {other}")
    undeclared = sorted(set(reads) - {other for other, _ in declared})
    wrong += [f"reads tables of {other}, which sources do not say" for other in undeclared]
    return wrong


if __name__ == "__main__":
    sys.exit(main())
