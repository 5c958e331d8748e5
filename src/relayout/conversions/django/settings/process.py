"""The module that does for a process what Django did before a command ran.

Django sets the time zone of the process from ``TIME_ZONE``
(https://docs.djangoproject.com/en/5.2/ref/settings/#time-zone) and configures logging from
``LOGGING`` (https://docs.djangoproject.com/en/5.2/topics/logging/#configuring-logging) before it
loads a command. What jobs write to their logs, and which time it is there, depend on both.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from relayout.conversions.django.settings.slices import Slicer
from relayout.source import nodes_in

NAME = "process_setup"

_IMPORTS = {"LOGGING": ("logging.config",), "TIME_ZONE": ("os", "time")}

_PARTS = {
    "TIME_ZONE": """\
    if hasattr(time, "tzset") and {settings}.TIME_ZONE:
        os.environ["TZ"] = {settings}.TIME_ZONE
        time.tzset()
""",
    "LOGGING": """\
    if {settings}.LOGGING:
        # The loggers that modules have made on import were made after this under Django.
        logging.config.dictConfig({{**{settings}.LOGGING, "disable_existing_loggers": False}})
""",
}


def process_module(settings: str, names: Collection[str]) -> str:
    """Return the module's text; ``settings`` is the dotted name of the module of settings.

    It does what the settings with these names ask for; it is empty if none of them does.
    """
    wanted = [name for name in _PARTS if name in names]
    if not wanted:
        return ""
    package, _, module = settings.rpartition(".")
    imports = sorted({line for name in wanted for line in _IMPORTS[name]})
    lines = [
        '"""What Django did for the process before it ran a command."""\n',
        *(f"import {line}" for line in imports),
        f"\nfrom {package} import {module}\n\n",
        "def set_up() -> None:",
        f'    """{_SAYS[tuple(wanted)]}, as the settings say."""',
    ]
    body = "".join(_PARTS[name].format(settings=module) for name in wanted)
    return "\n".join(lines) + f"\n{body}"


_SAYS = {
    ("TIME_ZONE",): "Set the time zone of the process",
    ("LOGGING",): "Configure logging",
    ("TIME_ZONE", "LOGGING"): "Set the time zone of the process and configure logging",
}


def logging_problem(slicer: Slicer) -> str:
    """Return why logging cannot be configured as Django did it, or an empty string."""
    if "LOGGING_CONFIG" in slicer.names:
        return "LOGGING_CONFIG says that logging is configured in a way of its own"
    for number in sorted(slicer.needed_for("LOGGING").numbers):
        for text in _texts(slicer.steps[number].node):
            if text.startswith("django."):
                return f"it needs {text}"
    return ""


def _texts(node: ast.stmt) -> Iterator[str]:
    """Yield the texts under keys that name classes: ``class`` and ``()``."""
    for part in nodes_in(node):
        if isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in ("class", "()"):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield value.value
