"""Which settings of Python's tools name files or modules, and how each is written.

Every name is a tool's name in ``pyproject.toml`` below ``[tool]`` and the keys that lead to the
setting, with ``_`` for ``-``; ``*`` stands for one key of any name, ``#`` for the keys themselves.
Search paths (``pythonpath``, ``mypy_path``, ``extraPaths``) are not among them: what imports need
is another question. Nor is what build backends collect; the conversions say that anew.
"""

from __future__ import annotations

from enum import Enum


class What(Enum):
    """How a setting names something."""

    PATH = "one path that counts from the folder of the settings"
    CODE = "paths and patterns of folders that hold code"
    PATHS = "paths and patterns that count from the folder of the settings"
    FLOATING = "the same, but a name without a slash holds at any depth, and so stays right"
    IGNORING = "patterns as in .gitignore, where a slash at the beginning means the folder"
    SOURCES = "folders or, where there is no such folder, packages"
    MODULES = "dotted names of modules and of what is in them, with * at their end"
    PACKAGE = "the dotted name of a whole package"
    PACKAGES = "dotted names of whole packages"
    CALLS = "a module, a colon, and a name in it"
    PLACES = "a path, a colon, and a name in the file"
    REGULAR = "a regular expression for paths"
    COMMAND = "a command, or several lines of them"
    PYTEST = "arguments of pytest"
    WARNINGS = "filters of warnings: the category is third, a pattern of modules fourth"
    LAYERS = "modules of an import contract, with marks between them"


_BY_TOOL = {
    # https://docs.pytest.org/en/stable/reference/reference.html#configuration-options
    "pytest": {
        What.CODE: "testpaths",
        What.PATH: "cache_dir",
        What.FLOATING: "norecursedirs",
        What.PYTEST: "addopts",
        What.WARNINGS: "filterwarnings",
    },
    "pytest.ini_options": {
        What.CODE: "testpaths",
        What.PATH: "cache_dir",
        What.FLOATING: "norecursedirs",
        What.PYTEST: "addopts",
        What.WARNINGS: "filterwarnings",
    },
    # https://coverage.readthedocs.io/en/latest/config.html
    "coverage": {
        What.SOURCES: "run.source",
        What.PACKAGES: "run.source_pkgs",
        What.MODULES: "run.plugins",
        What.CODE: "run.source_dirs paths.*",
        What.PATHS: "run.include run.omit report.include report.omit",
        What.PATH: "html.extra_css",
    },
    # https://docs.astral.sh/ruff/settings/
    "ruff": {
        What.CODE: "src",
        What.PATH: "extend",
        What.FLOATING: "include extend_include exclude extend_exclude force_exclude"
        " per_file_ignores.# extend_per_file_ignores.# per_file_target_version.#"
        " lint.exclude format.exclude lint.per_file_ignores.# lint.extend_per_file_ignores.#"
        " analyze.include analyze.exclude namespace_packages",
        What.PACKAGES: "isort.known_first_party lint.isort.known_first_party"
        " isort.known_local_folder lint.isort.known_local_folder"
        " isort.forced_separate lint.isort.forced_separate",
        What.MODULES: "flake8_tidy_imports.banned_api.# lint.flake8_tidy_imports.banned_api.#"
        " lint.flake8_tidy_imports.banned_module_level_imports"
        " lint.flake8_type_checking.runtime_evaluated_base_classes"
        " lint.flake8_type_checking.runtime_evaluated_decorators"
        " lint.pydocstyle.ignore_decorators lint.pydocstyle.property_decorators"
        " lint.flake8_bugbear.extend_immutable_calls lint.logger_objects",
    },
    # https://black.readthedocs.io/en/stable/usage_and_configuration/the_basics.html
    "black": {What.REGULAR: "include exclude extend_exclude force_exclude"},
    "blue": {What.REGULAR: "include exclude extend_exclude force_exclude"},
    # https://pycqa.github.io/isort/docs/configuration/options.html
    "isort": {
        What.CODE: "src_paths",
        What.PATHS: "skip_glob extend_skip_glob",
        What.FLOATING: "skip extend_skip",
        What.PACKAGES: "known_first_party known_local_folder forced_separate",
    },
    # https://mypy.readthedocs.io/en/stable/config_file.html
    "mypy": {
        What.CODE: "files",
        What.REGULAR: "exclude",
        What.PACKAGES: "packages",
        What.MODULES: "modules overrides.module plugins",
    },
    # https://github.com/microsoft/pyright/blob/main/docs/configuration.md
    "pyright": {
        What.CODE: "include strict",
        What.PATHS: "exclude ignore",
        What.PATH: "stubPath executionEnvironments.root extends",
    },
    # https://pylint.readthedocs.io/en/stable/user_guide/configuration/all-options.html
    "pylint": {
        What.REGULAR: "*.ignore_paths ignore_paths",
        What.MODULES: "*.load_plugins load_plugins *.ignored_modules ignored_modules",
        What.CODE: "*.source_roots source_roots",
    },
    # https://flake8.pycqa.org/en/latest/user/options.html
    "flake8": {
        What.FLOATING: "exclude extend_exclude filename per_file_ignores",
        What.PACKAGES: "application_import_names application_package_names",
    },
    # https://bandit.readthedocs.io/en/latest/config.html
    "bandit": {What.PATHS: "exclude_dirs exclude", What.CODE: "targets"},
    "vulture": {What.CODE: "paths", What.FLOATING: "exclude"},
    "interrogate": {What.PATHS: "exclude", What.CODE: "paths"},
    "codespell": {What.FLOATING: "skip", What.PATHS: "ignore_words exclude_file"},
    "deptry": {
        What.PACKAGES: "known_first_party",
        What.REGULAR: "exclude extend_exclude",
        What.PATHS: "requirements_files requirements_files_dev",
    },
    # https://import-linter.readthedocs.io/en/stable/
    "importlinter": {
        What.PACKAGE: "root_package",
        What.PACKAGES: "root_packages",
        What.LAYERS: "contracts.layers contracts.containers contracts.modules"
        " contracts.source_modules contracts.forbidden_modules contracts.ignore_imports"
        " contracts.protected_modules contracts.allowed_importers contracts.ancestors",
    },
    # https://docs.sqlfluff.com/en/stable/configuration/
    "sqlfluff": {
        What.PATHS: "templater.*.load_macros_from_path templater.*.loader_search_path"
        " templater.*.library_path templater.*.project_dir templater.*.profiles_dir"
        " core.library_path",
    },
    # what stands behind a version: a file and a name in it
    "commitizen": {
        What.PLACES: "version_files",
        What.PATH: "changelog_file",
        What.COMMAND: "pre_bump_hooks post_bump_hooks",
    },
    "semantic_release": {
        What.PLACES: "version_variables version_toml version_variable",
        What.PATH: "changelog_file changelog.template_dir changelog.changelog_file"
        " changelog.default_templates.changelog_file",
        What.COMMAND: "build_command",
    },
    "bumpversion": {What.PATH: "files.filename files.glob"},
    "bumpver": {What.PATHS: "file_patterns.#"},
    "tbump": {What.PATH: "file.src"},
    "towncrier": {
        What.PATH: "directory filename template package_dir type.path section.path",
        What.PACKAGE: "package",
    },
    # https://docs.dagster.io/api/clis/dg-cli/dg-cli-configuration
    "dg": {
        What.PACKAGE: "project.root_module project.defs_module project.code_location_target_module",
        What.PACKAGES: "project.registry_modules",
        What.PATH: "workspace.projects.path",
    },
    "dagster": {
        What.CALLS: "module_name modules.name",
        What.PATH: "python_file working_directory",
    },
    # https://hatch.pypa.io/latest/version/
    "hatch": {
        What.PATH: "version.path version.raw_options.root",
        What.IGNORING: "build.include build.exclude build.artifacts build.force_include.#"
        " build.targets.*.include build.targets.*.exclude build.targets.*.only_include"
        " build.targets.*.artifacts build.targets.*.force_include.#",
        What.COMMAND: "envs.*.scripts.* envs.*.pre_install_commands envs.*.post_install_commands",
    },
    "pdm": {
        What.COMMAND: "scripts.* scripts.*.cmd scripts.*.shell scripts.*.composite",
        What.CALLS: "version.getter scripts.*.call",
        What.PATH: "version.path scripts.*.working_dir scripts.*.env_file scripts.*.env_file.path",
    },
    "setuptools": {
        What.PATHS: "dynamic.*.file license_files",
        What.CALLS: "dynamic.version.attr",
    },
    "setuptools_scm": {What.PATH: "write_to version_file root"},
    # tasks: https://poethepoet.natn.io/tasks/index.html, https://github.com/taskipy/taskipy,
    # https://pdm-project.org/latest/usage/scripts/, https://pixi.sh/latest/reference/pixi_manifest/
    "poe": {
        What.COMMAND: "tasks.* tasks.*.cmd tasks.*.shell tasks.*.sequence.cmd"
        " tasks.*.sequence.shell tasks.*.ref tasks.*.sequence.ref",
        What.CALLS: "tasks.*.script tasks.*.sequence.script",
        What.PATH: "tasks.*.cwd tasks.*.envfile envfile include include.path",
    },
    "taskipy": {What.COMMAND: "tasks.* tasks.*.cmd", What.PATH: "tasks.*.cwd"},
    "rye": {What.COMMAND: "scripts.* scripts.*.cmd", What.CALLS: "scripts.*.call"},
    "pixi": {
        What.COMMAND: "tasks.* tasks.*.cmd feature.*.tasks.* feature.*.tasks.*.cmd",
        What.PATH: "tasks.*.cwd feature.*.tasks.*.cwd pypi_dependencies.*.path",
        What.PATHS: "tasks.*.inputs",
    },
    "pipenv": {
        What.COMMAND: "scripts.*",
        What.PATH: "packages.*.path packages.*.file dev_packages.*.path dev_packages.*.file",
    },
    "tox": {
        What.COMMAND: "env.*.commands env_run_base.commands env.*.commands_pre"
        " env_run_base.commands_pre env.*.commands_post",
        What.PATH: "env.*.change_dir env_run_base.change_dir",
    },
    "uv": {
        What.PATHS: "workspace.members workspace.exclude",
        What.PATH: "sources.*.path",
    },
    "poetry": {
        What.PATH: "readme dependencies.*.path dev_dependencies.*.path group.*.dependencies.*.path"
    },
    "project": {What.PATH: "readme readme.file license.file", What.PATHS: "license_files"},
    # https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file
    "alembic": {
        What.PATH: "script_location",
        What.PATHS: "version_locations prepend_sys_path",
    },
    "yapfignore": {What.PATHS: "ignore_patterns"},
    "pytype": {What.PATHS: "inputs exclude"},
    "pyrefly": {What.PATHS: "project_includes project_excludes"},
    "ty": {What.PATHS: "src.include src.exclude environment.root"},
    "slotscheck": {What.REGULAR: "exclude_modules include_modules"},
    "mutmut": {What.PATHS: "paths_to_mutate tests_dir also_copy do_not_mutate"},
}

_BY_TOOL["basedpyright"] = _BY_TOOL["pyright"]

_BLANKS = frozenset({"pytest", "pytest.ini_options"})
_LINES = frozenset({"importlinter"})
_EITHER = frozenset({"flake8", "alembic"})


def _all_settings() -> dict[tuple[str, ...], What]:
    found = {}
    for tool, settings in _BY_TOOL.items():
        for what, names in settings.items():
            for name in names.split():
                found[tuple(f"{tool}.{name}".split("."))] = what
    return found


_SETTINGS = _all_settings()
_LENGTHS = {len(names) for names in _SETTINGS}


def what_is(names: tuple[str, ...]) -> What | None:
    """Return how a setting names files, by its tool and keys; None if it does not."""
    plain = tuple(name.replace("-", "_") for name in names)
    if len(plain) not in _LENGTHS:
        return None
    if plain in _SETTINGS:
        return _SETTINGS[plain]
    for wanted, what in _SETTINGS.items():
        if len(wanted) == len(plain) and "*" in wanted and wanted[0] == plain[0]:
            if all(w in ("*", p) for w, p in zip(wanted, plain, strict=True)):
                return what
    return None


def separators_of(tool: str) -> str:
    """Return what stands between the items of a list that is one text, for a tool."""
    if tool in _BLANKS:
        return " "
    if tool in _LINES:
        return "\n"
    return ", " if tool in _EITHER else ","
