"""The commands about one adoption, and about what it leaves: shims, templates, the way back."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from plumbum import cli
from rich.console import Console

from relayout import adoption, shims
from relayout.adoption import Planned, Request
from relayout.command import DONE, FALLS_SHORT, Command, pair_of
from relayout.errors import Refusal
from relayout.notebook import Notebook, read_source
from relayout.pipeline_templates import template_pipeline
from relayout.planning.document import plan_to_yaml
from relayout.planning.plan import Options
from relayout.reporting import as_json, json_text, terminal
from relayout.reporting import pipeline_templates as template_reports
from relayout.reporting import shims as shim_reports
from relayout.running import run_checks
from relayout.source import Edit, NotPython, Source, line_at
from relayout.suite import built_layouts, find_suite


class _LayoutCommand(Command):
    """A command that plans: it takes a layout, a package name and overrides."""

    layout = cli.SwitchAttr("--layout", str, help="The layout to move to", argname="NAME")
    package = cli.SwitchAttr(
        "--package", str, default="", help="Import name of the package", argname="NAME"
    )
    place = cli.SwitchAttr(
        "--place", str, list=True, help="Put files there: GLOB=DEST", argname="GLOB=DEST"
    )
    quarantine = cli.SwitchAttr(
        "--quarantine", str, list=True, help="Move files to __legacy/", argname="GLOB"
    )
    keep = cli.SwitchAttr(
        "--keep", str, list=True, help="Leave files where they are", argname="GLOB"
    )
    data = cli.SwitchAttr(
        ["-d", "--data"],
        str,
        list=True,
        help="Answer a question of the template",
        argname="KEY=VALUE",
    )
    data_file = cli.SwitchAttr(
        "--data-file", cli.ExistingFile, help="YAML file with answers", argname="FILE"
    )
    merge_tool_config = cli.Flag(
        "--merge-tool-config",
        help="Merge pytest.ini, mypy.ini, .flake8, ... into pyproject.toml",
    )
    suite = cli.SwitchAttr(
        "--suite", str, default="", help="Template suite to render (path or URL)", argname="SRC"
    )
    plan_file = cli.SwitchAttr("--plan", str, help="Carry out this written plan", argname="FILE")

    schema_package = cli.SwitchAttr(
        "--schema-package",
        str,
        list=True,
        help="External package that holds Django apps: NAME=APP[,APP]",
        argname="NAME=APPS",
    )

    shims = cli.Flag("--shims", excludes=["--no-shims"], help="Keep old import paths alive")
    no_shims = cli.Flag("--no-shims", excludes=["--shims"], help="Give old import paths up")

    def request(self, repository: str) -> Request:
        """Return what was asked for, after asking for what was not said. Raises Refusal."""
        answers = self._answers()
        return Request(
            path=Path(repository),
            options=Options(
                layout=self._chosen_layout(repository),
                package=self.package,
                place=tuple(pair_of("--place", text) for text in self.place),
                quarantine=tuple(self.quarantine),
                keep=tuple(self.keep),
                schema_packages=tuple(map(_schema_package, self.schema_package)),
                shims=_flag(answers, "shims"),
            ),
            answers=answers,
            suite=self.suite,
            plan_file=Path(self.plan_file) if self.plan_file else None,
        )

    def _chosen_layout(self, repository: str) -> str:
        """Return the layout that was named, or asked for, or that the repository itself shows."""
        if self.layout:
            return str(self.layout)
        detected = adoption.fitting_layout(Path(repository))
        if self.plan_file or not (sys.stdin.isatty() and sys.stdout.isatty()):
            return detected
        import questionary

        layouts = built_layouts(find_suite())
        answer = questionary.select("Which layout?", choices=layouts, default=detected).ask()
        if answer is None:
            raise KeyboardInterrupt
        return str(answer)

    def _answers(self) -> Mapping[str, Any]:
        answers: dict[str, Any] = {}
        if self.data_file:
            try:
                loaded = yaml.safe_load(Path(self.data_file).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
                reason = " ".join(str(error).split())
                raise Refusal(f"{self.data_file} cannot be read: {reason}") from None
            if not isinstance(loaded, dict):
                raise Refusal(f"{self.data_file} does not hold answers", "It must be KEY: VALUE.")
            answers.update(loaded)
        for text in self.data:
            key, value = pair_of("--data", text)
            answers[key] = value
        if self.merge_tool_config:
            answers["merge_tool_config"] = True
        if self.shims or self.no_shims:
            answers["shims"] = bool(self.shims)
        return answers


class PlanCommand(_LayoutCommand):
    """Show what adopting a layout would do. Changes nothing."""

    output = cli.SwitchAttr("--output", str, help="Write the plan to FILE as YAML", argname="FILE")

    def main(self, repository: str = ".") -> int:
        """Run the command in REPOSITORY (default: the current folder)."""
        return self.guarded(partial(self._plan, repository))

    def _plan(self, repository: str) -> int:
        planned = adoption.plan(self.request(repository), self.workers)
        if self.output:
            text = plan_to_yaml(planned.plan, _line_finder(planned))
            try:
                Path(self.output).write_text(text, encoding="utf-8", errors="surrogateescape")
            except OSError as error:
                problem = f"the plan cannot be written to {self.output}: {error.strerror}"
                raise Refusal(problem, "Name another file: --output FILE") from None
        self.show(planned.plan, as_json.plan_document, terminal.show_plan)
        return DONE


class AdoptCommand(_LayoutCommand):
    """Move a repository into a layout, on a new branch, and verify the result."""

    def main(self, repository: str = ".") -> int:
        """Run the command in REPOSITORY (default: the current folder)."""
        return self.guarded(partial(self._adopt, repository))

    def _adopt(self, repository: str) -> int:
        done = adoption.adopt(self.request(repository), self.workers)
        self.show(done, as_json.adoption_document, terminal.show_adoption)
        return DONE if done.passed else FALLS_SHORT


class VerifyCommand(Command):
    """Check HEAD against its layout, and against what it was before the adoption."""

    layout = cli.SwitchAttr(
        "--layout", str, default="", help="The layout to check against", argname="NAME"
    )
    runs_code = cli.Flag(
        "--run", help="Run the repository's code too: Dagster, dbt and Airflow load it, compare"
    )
    python = cli.SwitchAttr(
        "--python",
        str,
        list=True,
        help="The interpreter that --run uses (default: of .venv, venv, or the active one); of "
        "several, the first that has Dagster, dbt or Airflow is taken for each",
        argname="PATH",
        requires=["--run"],
    )

    def main(self, repository: str = ".") -> int:
        """Run the command in REPOSITORY (default: the current folder)."""
        return self.guarded(partial(self._verify, repository))

    def _verify(self, repository: str) -> int:
        checks = adoption.verify(Path(repository), str(self.layout), self.workers)
        if self.runs_code:
            say = partial(terminal.say, Console(stderr=True))
            checks += run_checks(Path(repository), list(self.python), say)
        self.show(checks, as_json.checks_document, terminal.show_checks)
        return DONE if all(check.passed for check in checks) else FALLS_SHORT


class ShimsCommand(Command):
    """List the modules that keep old import paths alive, with who still uses each."""

    prune = cli.Flag("--prune", help="Remove those that nothing uses, on a new branch")

    def main(self, repository: str = ".") -> int:
        """Run the command in REPOSITORY (default: the current folder)."""
        return self.guarded(partial(self._shims, repository))

    def _shims(self, repository: str) -> int:
        if self.prune:
            pruned = shims.prune_shims(Path(repository), self.workers)
            self.show(pruned, shim_reports.pruned_document, shim_reports.show_pruned)
            return DONE
        listed = shims.list_shims(Path(repository), self.workers)
        self.show(listed, shim_reports.shims_document, shim_reports.show_shims)
        return DONE


class TemplateCommand(Command):
    """Make a template for new pipelines out of one that is there, on a new branch."""

    name = cli.SwitchAttr(
        "--name", str, default="", help="The template's name (default: the pipeline's)"
    )

    def main(self, pipeline: str) -> int:
        """Run the command for the PIPELINE in a folder: pipelines/orders."""
        return self.guarded(partial(self._template, pipeline))

    def _template(self, pipeline: str) -> int:
        made = template_pipeline(Path(pipeline), str(self.name), self.workers)
        self.show(made, template_reports.templated_document, template_reports.show_templated)
        return DONE


class UndoCommand(Command):
    """Return to the branch that the last adoption came from."""

    def main(self, repository: str = ".") -> int:
        """Run the command in REPOSITORY (default: the current folder)."""
        return self.guarded(partial(self._undo, repository))

    def _undo(self, repository: str) -> int:
        message = adoption.undo(Path(repository))
        print(json_text.dump({"message": message}) if self.json else message)
        return DONE


def _line_finder(planned: Planned) -> Callable[[str, Edit], int]:
    """Return what tells the line of an edit in a file, by the file's path after the moves."""
    sources = {move.target: move.source for move in planned.plan.moves}

    @lru_cache(maxsize=1)  # a file's edits are asked about one after the other
    def source_of(path: str) -> Source | None:
        old = sources.get(path, path)
        try:
            return read_source(old, planned.before.read(old))
        except (KeyError, NotPython):
            return None

    def line_of(path: str, edit: Edit) -> int:
        source = source_of(path)
        if source is None:
            return 0
        if isinstance(source, Notebook) and edit.kind == "notebook":
            return line_at(source.document, edit.start)
        return source.file_line(line_at(source.text, edit.start))

    return line_of


def _flag(answers: Mapping[str, Any], name: str) -> bool | None:
    """Return an answer that is yes or no, as YAML has them; None if it was not given."""
    value = yaml.safe_load(str(answers[name])) if name in answers else None
    if value is not None and not isinstance(value, bool):
        raise Refusal(f"{name}={answers[name]}: this is neither true nor false")
    return value


def _schema_package(text: str) -> tuple[str, tuple[str, ...]]:
    package, _, apps = text.partition("=")
    labels = tuple(label.strip() for label in apps.split(",") if label.strip())
    if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", package) or not labels:
        problem = f"--schema-package {text}: it does not say which apps are in which package"
        raise Refusal(problem, "Write it as --schema-package NAME=APP or NAME=APP,APP")
    return package, labels
