"""Folders that stay whole: what compose builds or starts, applications, projects of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, join, normpath

from yaml.nodes import Node, SequenceNode

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import build_of, is_compose, services_of
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.configured_paths.yaml_files import text_of, value_of
from relayout.notebook import is_notebook
from relayout.planning.pipeline_parts.pipelines import Pipelines, is_placed
from relayout.tree import Tree, ancestors, is_within

_CODE = (".py", ".js", ".jsx", ".ts", ".tsx", ".go", ".java", ".rs", ".rb", ".php", ".scala", ".cs")
_WEB = frozenset(
    {"fastapi", "flask", "streamlit", "dash", "gradio", "starlette", "aiohttp", "bottle", "tornado"}
    | {"litestar", "sanic", "quart", "nicegui", "panel", "shiny"}
)
"""Packages that make a program an application which serves somebody."""
_PROJECTS = frozenset({"pyproject.toml", "setup.py"})
_OTHER_PROJECTS = frozenset(
    {"package.json", "go.mod", "Cargo.toml", "pom.xml", "build.gradle", "Chart.yaml", "Gemfile"}
    | {"evidence.plugins.yaml", "evidence.config.yaml", "lightdash.config.yml", "_quarto.yml"}
)
"""Files that make a folder a project of something that is no Python."""
_ASTRO = re.compile(rb"^FROM\s+\S*(?:astro-runtime|ap-airflow|astrocrpublic)", re.MULTILINE | re.I)
_ASTRO_FOLDERS = ("dags", "include", "plugins")
_GROUPING = frozenset(
    {"src", "scripts", "script", "bin", "jobs", "tools", "tests", "docs", "notebooks"}
    | {"docker", "deploy", "infrastructure", "config"}
)
_ORCHESTRATING = frozenset({"workspace.yaml", "workspace.yml", "dagster.yaml", "airflow.cfg"})


def whole_folders(
    inventory: Inventory,
    pipelines: Pipelines,
    orchestrating: Iterable[str],
    with_mounted: bool = True,
) -> Mapping[str, str]:
    """Return the folders that stay whole, each with the reason; none is in another.

    ``orchestrating`` are the modules with definitions of Dagster or DAGs. Folders that are only
    mounted for a program, or have an image that nothing builds there, count ``with_mounted``.
    """
    folders = _Folders(inventory, pipelines, orchestrating)
    found: dict[str, str] = {}
    found.update(folders.of_astro())
    for folder, because in (
        *folders.of_services(with_mounted),
        *folders.of_applications(),
        *folders.of_projects(),
        *(folders.of_images() if with_mounted else ()),
    ):
        if folders.may_stay(folder) and not any(is_within(folder, other) for other in found):
            found = {other: why for other, why in found.items() if not is_within(other, folder)}
            found[folder] = because
    return dict(sorted(found.items()))


class _Folders:
    def __init__(
        self, inventory: Inventory, pipelines: Pipelines, orchestrating: Iterable[str]
    ) -> None:
        self._inventory = inventory
        self._tree = inventory.tree
        self._dbt = {p.folder for p in (*pipelines.all, *pipelines.packages)}
        self._with_dbt = {above for folder in self._dbt for above in (folder, *ancestors(folder))}
        orchestrated = {f for path in orchestrating for f in ancestors(path)}
        named = {dirname(path) for path in self._tree if basename(path) in _ORCHESTRATING}
        self._orchestrating = orchestrated | {a for f in named for a in (f, *ancestors(f))}
        self._with_code = {
            f for path in self._tree if path.endswith(_CODE) for f in ancestors(path)
        }

    def may_stay(self, folder: str) -> bool:
        """Tell whether a folder is none of a pipeline, and has no dbt project in it."""
        if not folder or is_placed(f"{folder}/"):
            return False
        return folder not in self._with_dbt and not any(
            project and is_within(folder, project) for project in self._dbt
        )

    def of_services(self, with_mounted: bool) -> Iterator[tuple[str, str]]:
        """Yield the folders that compose files build from, or mount for a program in them.

        Those with code of an orchestrator run pipelines, and are no services.
        """
        for path in sorted(self._tree):
            if not is_compose(path) or not self._tree.is_regular(path):
                continue
            if path in self._inventory.foreign:
                continue
            started = [run.path for run in self._inventory.runs if run.runner == path]
            for name, service in services_of(path, self._tree):
                build = build_of(service, path, self._tree)
                if build is not None:
                    folder = build.context or dirname(build.dockerfile or "")
                    if folder in self._with_code and folder not in self._orchestrating:
                        yield folder, f"{path} builds the service {name} from {folder}/"
                for folder in _mounted(service, path, self._tree) if with_mounted else ():
                    if basename(folder) in _GROUPING or folder in self._orchestrating:
                        continue
                    if any(is_within(program, folder) for program in started):
                        yield folder, f"the service {name} in {path} runs what is in {folder}/"

    def of_applications(self) -> Iterator[tuple[str, str]]:
        """Yield the folders of the root whose code serves an application."""
        for path, file in self._inventory.python.items():
            folder, found, _ = path.partition("/")
            if not found or is_notebook(path) or folder in _GROUPING:
                continue
            framework = min(file.imported_tops & _WEB, default="")
            if framework and folder not in self._orchestrating:
                yield folder, f"{path} makes it an application of {framework}"

    def of_images(self) -> Iterator[tuple[str, str]]:
        """Yield the folders of the root that have an image of their own, and its code."""
        for path in sorted(self._tree):
            folder, found, _ = path.partition("/")
            if not found or folder in _GROUPING or folder in self._orchestrating:
                continue
            if is_dockerfile(path) and folder in self._with_code and not folder.startswith("."):
                yield folder, f"{path} makes an image of {folder}/"

    def of_projects(self) -> Iterator[tuple[str, str]]:
        """Yield the folders with a project of their own, which is installed by itself.

        The only one with code of an orchestrator is no such: it runs the pipelines.
        """
        found = self._with(_PROJECTS | _OTHER_PROJECTS)
        running = [f for f in self._with(_PROJECTS) if f in self._orchestrating]
        is_one = len(running) == 1 and not self._is_deployed(running[0])
        for folder in found:
            if not is_one or not is_within(folder, running[0]):
                yield folder, f"{folder}/ is a project with dependencies of its own"

    def _with(self, names: frozenset[str]) -> list[str]:
        """Return the folders below the root that have one of some files; none is hidden."""
        folders = {dirname(p) for p in self._tree if basename(p) in names} - {""}
        return sorted(folder for folder in folders if not folder.startswith("."))

    def _is_deployed(self, folder: str) -> bool:
        """Tell whether a folder has an image or services of its own."""
        return any(
            path.startswith(f"{folder}/") and (is_compose(path) or is_dockerfile(path))
            for path in self._tree
        )

    def of_astro(self) -> Iterator[tuple[str, str]]:
        """Yield the folders that an Astro project has for Airflow, which finds them by their names.

        The image of one in the root has all of the repository: what they name may stand elsewhere.
        """
        for base in sorted(astro_projects(self._tree)):
            for folder in [base] if base else _ASTRO_FOLDERS:
                if folder in self._tree.folders:
                    yield folder, f"Airflow's image of Astro finds {folder}/ by its name"


def stacks(inventory: Inventory) -> frozenset[str]:
    """Return the folders below the root with a compose file: what it starts stands there.

    dbt projects and the code of orchestrators may leave them; the rest stays.
    """
    tree = inventory.tree
    found = {dirname(p) for p in tree if is_compose(p) and p not in inventory.foreign}
    return frozenset(found - {""})


def mounted_folders(inventory: Inventory) -> frozenset[str]:
    """Return the folders below the root that services of compose files mount."""
    found: set[str] = set()
    for path in sorted(inventory.tree):
        if is_compose(path) and inventory.tree.is_regular(path) and path not in inventory.foreign:
            for _, service in services_of(path, inventory.tree):
                found.update(_mounted(service, path, inventory.tree))
    return frozenset(found - {""})


def _mounted(service: Node, path: str, tree: Tree) -> Iterator[str]:
    """Yield the folders of the repository that a service mounts."""
    volumes = value_of(service, "volumes")
    for item in volumes.value if isinstance(volumes, SequenceNode) else ():
        said = text_of(item)
        source = said.partition(":")[0] if said else text_of(value_of(item, "source"))
        if source and source.startswith("."):
            folder = normpath(join(dirname(path), source))
            if folder in tree.folders:
                yield folder


def astro_projects(tree: Tree) -> frozenset[str]:
    """Return the folders of Astro projects, of which Airflow's image is made, as a whole.

    See https://www.astronomer.io/docs/astro/cli/develop-project.
    """
    found = {dirname(dirname(path)) for path in tree if path.endswith(".astro/config.yaml")}
    for path in tree:
        if basename(path) == "Dockerfile" and tree.is_regular(path):
            if _ASTRO.search(tree.read(path)):
                found.add(dirname(path))
    return frozenset(found)
