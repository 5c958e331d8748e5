"""The module that does for a process what Django did before a command ran.

Django sets the time zone of the process from ``TIME_ZONE``
(https://docs.djangoproject.com/en/5.2/ref/settings/#time-zone) and configures logging from
``LOGGING`` (https://docs.djangoproject.com/en/5.2/topics/logging/#configuring-logging) before it
loads a command. What jobs write to their logs, and which time it is there, depend on both.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping

from relayout.conversions.django.settings.slices import Slicer
from relayout.source import Edit, Source, apply_edits, nodes_in

NAME = "process_setup"

_PREFIX = "django.utils.log."

FILTERS = {
    "RequireDebugFalse": '''\
class RequireDebugFalse(logging.Filter):
    """Lets records through unless ``DEBUG`` is set."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is let through."""
        return not {settings}.DEBUG
''',
    "RequireDebugTrue": '''\
class RequireDebugTrue(logging.Filter):
    """Lets records through if ``DEBUG`` is set."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is let through."""
        return bool({settings}.DEBUG)
''',
}
"""What stands in for Django's filters
(https://docs.djangoproject.com/en/5.2/ref/logging/#django.utils.log.RequireDebugFalse)."""

_SET_UP = '''\
def set_up() -> None:
    """{says}, as the settings say."""
'''

_TIME_ZONE = """\
    if hasattr(time, "tzset") and {settings}.TIME_ZONE:
        os.environ["TZ"] = {settings}.TIME_ZONE
        time.tzset()
"""

_LOGGING = """\
    if {settings}.LOGGING:
        # Modules make their loggers on import, which may be done already: they stay enabled.
        logging.config.dictConfig({{**{settings}.LOGGING, "disable_existing_loggers": False}})
"""

_RENAMED = '''\
class _Before(logging.Handler):
    """Hands records to the logger of the name that a module had."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.logger = logging.getLogger(name)

    def emit(self, record: logging.LogRecord) -> None:
        """Let the logger do what it is configured to do."""
        self.logger.handle(record)


def _configure_by_names_before() -> None:
    for name, before in _LOGGERS.items():
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.level:
            logger.setLevel(logging.getLogger(before).getEffectiveLevel())
        if not any(isinstance(handler, _Before) for handler in logger.handlers):
            logger.addHandler(_Before(before))
'''


def with_own_filters(text: str, package: str) -> tuple[str, tuple[str, ...]]:
    """Return settings in which the package's filters stand for Django's, and which those are."""
    source = Source(text, "utf-8", False)
    edits: list[Edit] = []
    found: set[str] = set()
    for node in nodes_in(source.parse()):
        if isinstance(node, ast.Constant) and _is_own_filter(node.value):
            start, end = source.span(node)
            name = str(node.value).removeprefix(_PREFIX)
            if text[start + 1 : end - 1] == node.value:
                quote = text[start]
                new = f"{quote}{package}.config.{NAME}.{name}{quote}"
                edits.append(Edit(start, end, new, "django-setting"))
                found.add(name)
    return apply_edits(text, edits), tuple(sorted(found))


def _is_own_filter(value: object) -> bool:
    if not isinstance(value, str) or not value.startswith(_PREFIX):
        return False
    return value.removeprefix(_PREFIX) in FILTERS


def process_module(
    settings: str,
    names: Collection[str],
    filters: Collection[str] = (),
    loggers: Mapping[str, str] | None = None,
) -> str:
    """Return the module's text; ``settings`` is the dotted name of the module of settings.

    It does what the settings with these names ask for; it is empty if none of them does.
    ``filters`` are those of Django that the package has its own of. ``loggers`` are the modules
    that log by their name: what they are called now, and what they were called.
    """
    package, _, module = settings.rpartition(".")
    zone, logs = "TIME_ZONE" in names, "LOGGING" in names
    if not zone and not logs:
        return ""
    renamed = loggers if loggers and logs else {}
    imports = [*["import logging.config"] * logs, *["import os", "import time"] * zone]
    blocks = [FILTERS[name].format(settings=module) for name in sorted(filters)]
    body = _SET_UP.format(says=_SAYS[zone, logs])
    body += _TIME_ZONE.format(settings=module) * zone
    body += _LOGGING.format(settings=module) * logs
    if renamed:
        blocks.append(_RENAMED)
        body += "        _configure_by_names_before()\n"
    head = '"""What Django did for the process before it ran a command."""\n\n'
    head += "".join(f"{line}\n" for line in imports) + f"\nfrom {package} import {module}\n"
    if renamed:
        lines = "".join(f'    "{name}": "{renamed[name]}",\n' for name in sorted(renamed))
        head += f"\n_LOGGERS = {{\n{lines}}}\n"
        head += '"""Loggers of modules, each with the name that LOGGING configures it by."""\n'
    return "\n\n".join([head, *blocks, body])


_SAYS = {
    (True, False): "Set the time zone of the process",
    (False, True): "Configure logging",
    (True, True): "Set the time zone of the process and configure logging",
}


def logging_problem(slicer: Slicer) -> str:
    """Return why logging cannot be configured as Django did it, or an empty string."""
    if "LOGGING_CONFIG" in slicer.names:
        return "LOGGING_CONFIG says that logging is configured in a way of its own"
    for number in sorted(slicer.needed_for("LOGGING").numbers):
        for text in _texts(slicer.steps[number].node):
            if text.startswith("django.") and not _is_own_filter(text):
                return f"it needs {text}"
    return ""


def needs_debug(slicer: Slicer) -> bool:
    """Tell whether logging depends on ``DEBUG``."""
    numbers = slicer.needed_for("LOGGING").numbers
    return any(_is_own_filter(t) for n in numbers for t in _texts(slicer.steps[n].node))


def _texts(node: ast.stmt) -> Iterator[str]:
    """Yield the texts under keys that name classes: ``class`` and ``()``."""
    for part in nodes_in(node):
        if isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in ("class", "()"):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield value.value
