"""A migration as a pure function: from a tree, a recipe and a rendering to a plan and new trees."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from relayout.conversions.additions import add_to
from relayout.conversions.conversion import Conversion
from relayout.conversions.django.project import (
    DjangoConversion,
    convert_django,
    external_names,
)
from relayout.conversions.entry_points import script_names, scripts_of
from relayout.conversions.mount_points import ignored_mount_points
from relayout.conversions.service_data.script import service_data_script
from relayout.conversions.shims import shims_for
from relayout.inventory import Inventory, take_inventory
from relayout.inventory.python import PythonFile
from relayout.inventory.references import decoded
from relayout.inventory.search_paths import module_name
from relayout.per_file import PerFile, one_by_one
from relayout.planning.homes import Home, home_of
from relayout.planning.plan import FileEdit, Finding, Options, Plan, Written
from relayout.planning.root_files import about_root_files
from relayout.planning.service_data import ABOUT_DATA, with_service_places
from relayout.preparation import prepare
from relayout.recipes import Recipe
from relayout.rendering import Rendering
from relayout.rewriting.configured_paths import about_configured_paths
from relayout.rewriting.container_strings import about_container_strings
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.rewriting.installed_package import Installed, installed_package
from relayout.rewriting.links import rewrite_links
from relayout.rewriting.logger_names import configured_loggers
from relayout.rewriting.notebooks import about_notebooks
from relayout.rewriting.package_in_images import about_images
from relayout.rewriting.package_in_pipelines import about_pipelines
from relayout.rewriting.python import PythonRewriter
from relayout.rewriting.uninstalled_package import about_uninstalled_package
from relayout.source import line_after, line_changes
from relayout.tree import EXECUTABLE, Tree, blob_id


@dataclass(frozen=True)
class Migration:
    """What a recipe does to a tree: the plan, and the tree after each commit.

    ``inventory`` is that of the tree that the moves begin with: modules are split, and loaders name
    what they load; ``original`` is that of the tree before.
    """

    original: Inventory
    split: Tree
    inventory: Inventory
    plan: Plan
    moved: Tree
    rewritten: Tree
    converted: Tree
    added: Tree
    after: Tree
    facts: Mapping[str, PythonFile]
    """Facts about rewritten files by blob id, as far as they depend on the content alone."""

    @property
    def before(self) -> Tree:
        """The tree that the migration began with."""
        return self.original.tree

    @property
    def prepared(self) -> Tree:
        """The tree that the moves begin with."""
        return self.inventory.tree


def migrate(
    before: Tree,
    recipe: Recipe,
    options: Options,
    rendering: Callable[[Plan], Rendering | None],
    written: Written | None = None,
    per_file: PerFile = one_by_one,
    known: Mapping[str, PythonFile] | None = None,
) -> Migration:
    """Return the migration of a tree to a layout.

    ``rendering`` gives the template's files once the plan knows the package's name; it returns
    None where the template is in place already. ``known`` are facts by blob id, as
    :func:`relayout.inventory.take_inventory` takes them. Raises Refusal.
    """
    original = take_inventory(with_service_places(before, recipe), per_file, known)
    prepared = prepare(original, recipe, options, written, per_file, known)
    inventory, homes, plan = prepared.inventory, prepared.homes, prepared.plan
    external = external_names(homes, prepared.destination, options.schema_packages)
    destination = prepared.destination.with_external(external)
    converted = convert_django(inventory, destination, homes, options.schema_packages)
    made = _rewrite(inventory, destination, converted, per_file, recipe)
    scripts, about_scripts = _scripts(inventory, destination, converted.scripts)
    plan = replace(plan, edits=tuple(made.edits), external=external, scripts=scripts)
    about = _about(inventory, destination, plan, made, converted)
    edited = destination.tree.with_content(made.contents)
    rewritten = edited.with_content(_without_conversions(inventory, destination, converted))
    brought = {**converted.additions, **prepared.brought, **made.installed.images}
    whole = edited.with_content(brought)
    rendered = rendering(plan)
    additions, about_additions = add_to(
        whole, inventory, destination, plan, rendered, converted.requirements
    )
    script = service_data_script(plan, inventory.tree)
    additions |= {**script, **_mount_points(inventory, whole, additions, recipe)}
    added = _with_additions(whole, additions, rendered, script)
    has_shims = recipe.shims if options.shims is None else options.shims
    shims = shims_for(original, destination, plan.splits, added) if has_shims else Conversion()
    about_root = about_root_files(recipe, added)
    told = [*about, *about_scripts, *about_additions, *shims.findings, *about_root]
    plan = replace(
        plan,
        additions={**brought, **additions, **shims.additions},
        findings=_in_order(told),
    )
    return Migration(
        original=original,
        split=prepared.split,
        inventory=inventory,
        plan=plan,
        moved=destination.tree,
        rewritten=rewritten,
        converted=whole,
        added=added,
        after=added.with_content(shims.additions),
        facts=made.facts,
    )


def _about(
    inventory: Inventory,
    destination: Destination,
    plan: Plan,
    made: _Rewritten,
    converted: DjangoConversion,
) -> Iterator[Finding]:
    """Yield what a person should know of the plan, of what was rewritten, and of what is around."""
    yield from _located(plan.findings, made.edits, destination, ABOUT_DATA)
    yield from made.findings
    yield from _located(converted.findings, made.edits, destination)
    yield from _about_surroundings(inventory, destination, plan, made.installed)
    if made.installed.is_asked:
        after = destination.tree.with_content({**made.contents, **made.installed.images})
        yield from about_container_strings(inventory, destination, after)


def _mount_points(
    inventory: Inventory, whole: Tree, additions: Mapping[str, bytes], recipe: Recipe
) -> dict[str, bytes]:
    """Return the ignore file with the mount points that containers will leave, if there are any."""
    if not recipe.keeps_mounts:
        return {}
    return ignored_mount_points(inventory.tree, whole, additions)


def _with_additions(
    whole: Tree,
    additions: Mapping[str, bytes],
    rendered: Rendering | None,
    scripts: Collection[str],
) -> Tree:
    """Return a tree with new contents; new files of the template are as executable as there."""
    executable = {*scripts, *(rendered.executable if rendered is not None else ())}
    new = (path for path in executable if path in additions and path not in whole)
    return whole.with_content(additions).with_modes(dict.fromkeys(new, EXECUTABLE))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by place, each told once."""
    once = dict.fromkeys(_told_once([*findings]))
    return tuple(sorted(once, key=lambda f: (f.path, f.line, f.code)))


def _about_surroundings(
    inventory: Inventory, destination: Destination, plan: Plan, installed: Installed
) -> Iterator[Finding]:
    """Yield what a person should know of all that is around the code: where it runs and logs."""
    yield from about_configured_paths(inventory, destination, installed.handled)
    yield from about_images(inventory, destination, plan, installed.reasons)
    yield from _located(installed.kept, plan.edits, destination)
    yield from about_pipelines(inventory, destination)
    yield from about_notebooks(inventory, destination)
    yield from configured_loggers(inventory, destination)
    yield from about_uninstalled_package(inventory, destination)


@dataclass(slots=True)
class _Rewritten:
    """What rewriting makes: contents by new path, how they came about, and facts by blob id."""

    contents: dict[str, bytes] = field(default_factory=dict)
    edits: list[FileEdit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, PythonFile] = field(default_factory=dict)
    installed: Installed = field(default_factory=lambda: Installed(is_asked=False))


def _rewrite(
    inventory: Inventory,
    destination: Destination,
    converted: DjangoConversion,
    per_file: PerFile,
    recipe: Recipe,
) -> _Rewritten:
    """Return what becomes of the files that name what moved, or compute paths."""
    made = _Rewritten(contents=dict(rewrite_links(destination)))
    rewriter = PythonRewriter(inventory, destination, converted.edits)
    paths = [path for path in inventory.python if rewriter.understands(path)]
    results = per_file("Rewriting", rewriter.rewrite, paths)
    for path, result in zip(paths, results, strict=True):
        made.findings += result.findings
        if result.content is not None:
            new_path = destination.of_file(path)
            made.contents[new_path] = result.content
            made.edits.append(FileEdit(new_path, result.edits))
            if result.facts is not None and not result.facts.depends_on_place:
                made.facts[blob_id(result.content)] = result.facts
    if recipe.installs:
        made.installed = installed_package(inventory, destination)
    installed = made.installed if recipe.keeps_mounts else None
    followed = follow_references(
        inventory, destination, made.contents, converted.managers, installed
    )
    made.contents |= followed.contents
    made.edits += followed.edits
    made.findings += followed.findings
    return made


def _told_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield findings, without those of imports of models, whose uses are findings themselves."""
    models = {(f.path, f.line) for f in findings if f.code == "orm-use"}
    for finding in findings:
        if finding.code != "import-not-followed" or (finding.path, finding.line) not in models:
            yield finding


def _without_conversions(
    inventory: Inventory, destination: Destination, converted: DjangoConversion
) -> dict[str, bytes]:
    """Return what files that are converted are, by new path, with nothing but their moves followed.

    Rewrites and conversions are commits of their own.
    """
    rewriter = PythonRewriter(inventory, destination)
    contents = {}
    for path in converted.edits:
        result = rewriter.rewrite(path) if rewriter.understands(path) else None
        content = result.content if result is not None else None
        contents[destination.of_file(path)] = content or inventory.tree.read(path)
    return contents


def _located(
    findings: Iterable[Finding],
    edits: Iterable[FileEdit],
    destination: Destination,
    codes: Collection[str] | None = None,
) -> Iterator[Finding]:
    """Yield findings, those of some codes with lines as they count after all edits of a file."""
    by_path = {edited.path: edited.edits for edited in edits}
    for finding in findings:
        old = destination.before_moves(finding.path)
        is_told = codes is None or finding.code in codes
        if is_told and finding.path in by_path and old in destination.before:
            text, _ = decoded(destination.before.read(old))
            changes = line_changes(text, by_path[finding.path])
            yield replace(finding, line=line_after(finding.line, changes))
        else:
            yield finding


def _scripts(
    inventory: Inventory, destination: Destination, converted: Mapping[str, str]
) -> tuple[dict[str, str], list[Finding]]:
    """Return console scripts for the placed modules that have a main, and who cannot have one."""
    modules: dict[Home, list[str]] = {}
    findings = []
    standing = [home.pyproject for home in destination.homes if home.pyproject in inventory.tree]
    texts = (decoded(inventory.tree.read(path))[0] for path in standing)
    targets = [*converted.values(), *(to for text in texts for to in scripts_of(text).values())]
    known = {target.partition(":")[0] for target in targets}
    for path, file in inventory.python.items():
        new_path = destination.of_file(path)
        home = home_of(new_path, destination.homes)
        has_guard = file.is_script and file.error is None
        if not has_guard or home is None or module_name(new_path) in known:
            continue
        if file.main == "":
            modules.setdefault(home, []).append(module_name(new_path))
        else:
            problem = file.main or "there is no function main"
            advice = f"It still runs as: python -m {module_name(new_path)}"
            findings.append(Finding("no-entry-point", new_path, 0, problem, advice))
    scripts = dict(converted)
    for home, named in modules.items():
        prefix = home.package if home.project else ""  # names of several packages must differ
        scripts |= script_names(named, prefix)
    return scripts, findings
