"""Which settings are carried over, and what must be decided about the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from relayout.conversions.django.settings.defaults import DEFAULTS, VARYING
from relayout.conversions.django.settings.modules import Guard, SettingsModule, read_settings
from relayout.conversions.django.settings.places import searched_from_place
from relayout.conversions.django.settings.process import logging_problem, needs_debug
from relayout.conversions.django.settings.secrets import has_secret
from relayout.conversions.django.settings.slices import Needed, Slicer
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination

_SHOWN = 6
"""So many names are listed in one message."""

Place = tuple[str, int]


@dataclass(slots=True)
class Wish:
    """A setting that code asks for: where it must be there, and where it may be missing.

    Places are those after the moves.
    """

    name: str
    read: list[Place] = field(default_factory=list)
    asked: list[Place] = field(default_factory=list)

    @property
    def first(self) -> Place:
        """The first place; an empty one if no code asks."""
        return min([*self.read, *self.asked], default=("", 0))


@dataclass(slots=True)
class Chosen:
    """What is carried over: statements of the settings module by number, and Django's defaults."""

    module: SettingsModule | None
    names: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    defaults: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    slicer: Slicer | None = None
    for_process: list[str] = field(default_factory=list)
    """The settings by which a process is set up before a command runs."""


def choose(
    inventory: Inventory,
    destination: Destination,
    project: DjangoProject,
    wishes: Mapping[str, Wish],
    everything: bool,
    has_jobs: bool,
) -> Chosen:
    """Return what becomes of each setting that is wished for; with ``everything``, of all.

    With ``has_jobs``, the settings are added by which Django sets up the process of a command.
    """
    module = read_settings(project.settings[0], inventory) if project.settings else None
    chosen = Chosen(module, slicer=None if module is None else Slicer(module))
    others = list(_others(inventory, project, module))
    chooser = _Chooser(chosen, destination, [Slicer(other) for other in others])
    for name in sorted(wishes):
        chooser.decide(wishes[name])
    if has_jobs:
        chooser.add_for_process()
    if everything and chosen.slicer is not None:
        chooser.add_all(chosen.slicer.names - wishes.keys())
    chooser.report_computed()
    chooser.report_overrides()
    chooser.report_secrets()
    chooser.report_searches(project.folder)
    chooser.compare()
    return chosen


def _others(
    inventory: Inventory, project: DjangoProject, module: SettingsModule | None
) -> Iterator[SettingsModule]:
    """Yield the project's other settings modules, but for those that the first one takes from."""
    for path in project.settings[1:]:
        if module is not None and path not in module.sources and path in inventory.python:
            yield read_settings(path, inventory)


class _Chooser:
    """Decides about one setting after the other."""

    def __init__(self, chosen: Chosen, destination: Destination, others: Sequence[Slicer]) -> None:
        self._chosen = chosen
        self._destination = destination
        self._others = others
        self._computed: dict[Needed, list[Wish]] = {}

    def decide(self, wish: Wish) -> None:
        """Carry a setting over, or report why it is not."""
        slicer = self._chosen.slicer
        if slicer is not None and wish.name in slicer.names:
            needed = slicer.needed_for(wish.name)
            if needed.problem:
                reason = replace(needed, numbers=frozenset())
                self._computed.setdefault(reason, []).append(wish)
            else:
                self._add(wish.name, needed, slicer)
        elif wish.name in DEFAULTS:
            self._chosen.defaults.append(wish.name)
            if self._chosen.module is None:
                self._about_unknown(wish, "the project that uses the app sets it")
        elif wish.name in VARYING:
            self._about_unknown(wish, "Django's own value for it depends on Django's version")
        else:
            self._about_unknown(wish, self._why_unknown(wish.name))

    def _why_unknown(self, name: str) -> str:
        if self._chosen.slicer is not None and name in self._chosen.slicer.in_classes:
            return "a class of the settings module sets it"
        setting = [other.module.path for other in self._others if name in other.names]
        if not setting:
            return "no settings module sets it"
        assert self._chosen.module is not None
        shown = ", ".join(self._destination.of_file(path) for path in setting[:_SHOWN])
        return f"{shown} sets it, {self._chosen.module.path} does not"

    def add_all(self, names: frozenset[str]) -> None:
        """Carry over what can be of the settings with these names."""
        slicer = self._chosen.slicer
        assert slicer is not None
        for name in sorted(names):
            needed = slicer.needed_for(name)
            if not needed.problem:
                self._add(name, needed, slicer)

    def add_for_process(self) -> None:
        """Carry over the time zone, and how logging is configured."""
        slicer = self._chosen.slicer
        assert slicer is not None
        if "TIME_ZONE" not in self._chosen.names + self._chosen.defaults:
            self.decide(Wish("TIME_ZONE"))
        if "LOGGING" in slicer.names:
            self._add_logging(slicer)
        carried = {*self._chosen.names, *self._chosen.defaults}
        if "TIME_ZONE" in carried:
            self._chosen.for_process.append("TIME_ZONE")

    def _add_logging(self, slicer: Slicer) -> None:
        problem = logging_problem(slicer) or slicer.needed_for("LOGGING").problem
        if not problem and needs_debug(slicer):
            if "DEBUG" not in self._chosen.names + self._chosen.defaults:
                self.decide(Wish("DEBUG"))
            if "DEBUG" not in self._chosen.names + self._chosen.defaults:
                problem = "it depends on DEBUG, which is not carried over"
        if problem:
            path, line = slicer.line_of("LOGGING")
            message = f"logging is not configured for jobs as Django did it: {problem}"
            advice = "Configure it in the package; what jobs log may not be shown otherwise."
            self._report(Finding("django-setting-computed", path, line, message, advice))
            return
        if "LOGGING" not in self._chosen.names:
            self._add("LOGGING", slicer.needed_for("LOGGING"), slicer)
        self._chosen.for_process.append("LOGGING")

    def _add(self, name: str, needed: Needed, slicer: Slicer) -> None:
        self._chosen.names.append(name)
        self._chosen.numbers |= needed.numbers
        if not slicer.always_set(name) and name in DEFAULTS:
            self._chosen.defaults.append(name)

    def report_computed(self) -> None:
        """Report settings that are not carried over, once for each line that is the reason."""
        for needed, wishes in self._computed.items():
            names = _listed([wish.name for wish in wishes])
            path, line = min(wish.first for wish in wishes)
            used = f" (used in {path}, line {line})" if path else ""
            message = f"not carried over: {names}{used}; {needed.problem}"
            advice = "Write them into the package's settings by hand."
            at = needed.path, needed.line
            self._report(Finding("django-setting-computed", *at, message, advice))

    def _about_unknown(self, wish: Wish, reason: str) -> None:
        advice = "Set it in the package's settings, or take it from the environment."
        by_file: dict[str, list[int]] = {}
        for path, line in sorted(wish.read):
            by_file.setdefault(path, []).append(line)
        for path, lines in by_file.items():
            more = f" (lines {', '.join(map(str, lines))})" if len(lines) > 1 else ""
            message = f"settings.{wish.name} is not known: {reason}{more}"
            finding = Finding("django-setting-unknown", path, lines[0], message, advice)
            self._chosen.findings.append(finding)

    def report_overrides(self) -> None:
        """Report what may set any of the settings that are carried over."""
        module = self._chosen.module
        if module is None or not self._chosen.names:
            return
        for override in module.overrides:
            message = f"this may set any of the settings that the package has: {override.reason}"
            advice = "Where it does, set the same in the package's settings."
            self._report(
                Finding("django-setting-override", override.path, override.line, message, advice)
            )

    def report_secrets(self) -> None:
        """Report secrets that are written out in what is carried over; never the values."""
        module, slicer = self._chosen.module, self._chosen.slicer
        if module is None or slicer is None:
            return
        for number in sorted(self._chosen.numbers):
            step = module.steps[number]
            if has_secret(step.node):
                names = sorted(slicer.stores_of([number])) or sorted(self._chosen.names)[:1]
                message = f"{', '.join(names)}: a secret is written out here, and it is copied"
                advice = "Take it from the environment, in the package's settings as well."
                line = step.node.lineno
                self._report(Finding("django-setting-secret", step.path, line, message, advice))

    def report_searches(self, folder: str) -> None:
        """Report what looks for a file of variables from its own place.

        From the repository's root down to ``folder``, which the project is in, the package's module
        looks in none.
        """
        module, slicer = self._chosen.module, self._chosen.slicer
        if module is None or slicer is None:
            return
        for number in sorted(self._chosen.numbers):
            step = module.steps[number]
            call = searched_from_place(step.node, slicer.origins)
            if call and (folder or call == "read_env()"):
                message = f"{call} looks for .env from where it stands, which is the package now"
                advice = (
                    f"Put the file at the root, or name it: it was in {folder or 'its folder'}."
                )
                self._report(
                    Finding("django-setting-place", step.path, step.node.lineno, message, advice)
                )
                return

    def compare(self) -> None:
        """Report settings that other settings modules give another value."""
        module, slicer = self._chosen.module, self._chosen.slicer
        for others in self._others if slicer is not None else ():
            assert module is not None
            assert slicer is not None
            differing = [
                name
                for name in dict.fromkeys([*self._chosen.names, *self._chosen.defaults])
                if name in others.names and _texts(others, name) != _texts(slicer, name)
            ]
            if not differing:
                continue
            names = _listed(differing)
            message = f"it sets {names} in another way than {module.path}, which is taken"
            advice = "Where a job ran with these settings, set them for it."
            _, line = others.line_of(differing[0])
            self._report(
                Finding("django-setting-differs", others.module.path, line, message, advice)
            )

    def _report(self, finding: Finding) -> None:
        """Report what is found at a place before the moves."""
        at = self._destination.of_file(finding.path)
        self._chosen.findings.append(replace(finding, path=at))


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _texts(slicer: Slicer, name: str) -> list[str]:
    """Return the code that a setting needs, statement by statement."""
    if name not in slicer.names:
        return []
    texts = []
    for number in sorted(slicer.needed_for(name).numbers):
        step = slicer.steps[number]
        source = slicer.module.sources[step.path]
        start, end = source.span(step.node)
        guards = [_test_of(slicer, guard) for guard in step.guards]
        texts.append("\n".join([*guards, source.text[start:end]]))
    return texts


def _test_of(slicer: Slicer, guard: Guard) -> str:
    source = slicer.module.sources[guard.path]
    start, end = source.span(guard.node.test)
    return f"{guard.in_body} {source.text[start:end]}"
