"""Old import paths of modules that have moved.

A module at an old path calls :func:`forward`. Who imports it gets what stands at the new path, and
a ``DeprecationWarning`` that begins with ``Moved module``. What still uses old paths is found by
making an error of that warning: ``PYTHONWARNINGS="error:Moved module"``, or in the configuration
of pytest ``filterwarnings = ["error:Moved module"]``.
"""

from __future__ import annotations

import importlib
import importlib.util
import runpy
import sys
import warnings
from types import FrameType, ModuleType
from typing import Any

__all__ = ["forward"]

_ABSENT = object()

_LOADERS = frozenset({__name__, "importlib", "pkgutil", "runpy", "unittest", "_pytest"})
"""Modules that import for others: the warning is about the line that made them do so."""


def forward(name: str, *targets: str, removed_in: str = "") -> None:
    """Make the module ``name``, which is being imported, stand for the modules ``targets``.

    A plain module that stands for one other becomes that very module. One that stands for several,
    and a package, whose submodules must still be found, passes on whatever is asked of it.
    """
    module = sys.modules.get(name)
    if module is None or name == "__main__" or getattr(module, "__spec__", None) is None:
        names = sys._getframe(1).f_globals
        _warn(_message(_called(names), targets, removed_in), name)
        _stand_in(names, name, targets)
        return
    if isinstance(module, _Moved):
        for part in _parts(module):
            importlib.reload(part)
        return
    message = _message(name, targets, removed_in)
    is_lazy = _has_targets_inside(name, targets)
    if not is_lazy:
        _warn(message, name)
    own = vars(module)
    for written in [each for each in own if not _is_dunder(each)]:
        del own[written]
    own["__moved__"] = _Forwarding(targets, own, message if is_lazy else "")
    module.__class__ = _Moved
    if is_lazy:
        return
    for target in targets:
        importlib.import_module(target)
    if len(targets) == 1 and "__path__" not in own:
        sys.modules[name] = sys.modules[targets[0]]


def _stand_in(names: dict[str, Any], name: str, targets: tuple[str, ...]) -> None:
    """Fill in the names of code that is run as a program, or is no module that others import."""
    if name == "__main__" or not name.replace(".", "_").isidentifier():
        names.update(runpy.run_module(targets[0], run_name=name, alter_sys=True))
        return
    for target in reversed(targets):
        found = vars(importlib.import_module(target))
        names.update({each: value for each, value in found.items() if not _is_dunder(each)})


class _Forwarding:
    """What is known of a module that passes on what is asked of it."""

    __slots__ = ("deleted", "own", "pending", "targets")

    def __init__(self, targets: tuple[str, ...], own: dict[str, Any], pending: str) -> None:
        self.targets = targets
        self.own = own
        """What the module has itself: what the import system gave it, and its submodules."""
        self.pending = pending
        """The warning of a module that loads its targets when it is first asked for something."""
        self.deleted: dict[str, list[ModuleType]] = {}
        """Where names stood that were deleted: undoing a patch deletes them and sets them again."""


class _Moved(ModuleType):
    """A module whose names are those of other modules."""

    __moved__: _Forwarding

    def __getattr__(self, name: str) -> Any:
        state = self.__moved__
        is_asked_of_any_module = _is_dunder(name) and name != "__all__"
        if not (state.pending and (is_asked_of_any_module or _has_submodule(self, name))):
            value = _names_of_all(self) if name == "__all__" else _value(self, name)
            if isinstance(value, ModuleType) and _has_submodule(self, name):
                return importlib.import_module(f"{self.__name__}.{name}")
            if value is not _ABSENT:
                return value
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        is_submodule = sys.modules.get(f"{self.__name__}.{name}", _ABSENT) is value
        if name in self.__moved__.own or is_submodule:
            super().__setattr__(name, value)
            return
        parts = _parts(self)
        deleted = self.__moved__.deleted.pop(name, [])
        for part in _holding(parts, name) or deleted or parts[:1]:
            setattr(part, name, value)

    def __delattr__(self, name: str) -> None:
        holding = _holding(_parts(self), name)
        if name in self.__moved__.own or not holding:
            super().__delattr__(name)
            return
        self.__moved__.deleted[name] = holding
        for part in holding:
            delattr(part, name)

    def __dir__(self) -> list[str]:
        return sorted({*self.__moved__.own, *(n for part in _parts(self) for n in vars(part))})

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        # What a star imports. A package that took the place of a module has submodules, as the
        # module had not.
        own = (
            self.__moved__.own if _has_targets_inside(self.__name__, self.__moved__.targets) else ()
        )
        hidden = {name for name in own if not _is_dunder(name)}
        return {name: getattr(self, name) for name in dir(self) if name not in hidden}


def _has_targets_inside(name: str, targets: tuple[str, ...]) -> bool:
    return any(target.startswith(f"{name}.") for target in targets)


def _parts(module: _Moved) -> list[ModuleType]:
    """Return the modules that one stands for; load them if they are not there yet."""
    state = module.__moved__
    if state.pending:
        _warn(state.pending, module.__name__)
        state.pending = ""
    return [importlib.import_module(target) for target in state.targets]


def _holding(parts: list[ModuleType], name: str) -> list[ModuleType]:
    return [part for part in parts if name in vars(part)]


def _value(module: _Moved, name: str) -> Any:
    values = (getattr(part, name, _ABSENT) for part in _parts(module))
    return next((value for value in values if value is not _ABSENT), _ABSENT)


def _names_of_all(module: _Moved) -> Any:
    """Return what a star imports, if any of the modules says so."""
    said = [part.__all__ for part in _holding(_parts(module), "__all__")]
    return list(dict.fromkeys(name for names in said for name in names)) if said else _ABSENT


def _has_submodule(module: _Moved, name: str) -> bool:
    if "__path__" not in module.__moved__.own:
        return False
    whole = f"{module.__name__}.{name}"
    return whole in sys.modules or importlib.util.find_spec(whole) is not None


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _called(names: dict[str, Any]) -> str:
    """Return the name of what ``python -m`` runs, or the path of what is loaded by its path."""
    spec = names.get("__spec__")
    if names["__name__"] == "__main__" and spec is not None:
        return str(spec.name)
    return str(names.get("__file__", names["__name__"]))


def _message(name: str, targets: tuple[str, ...], removed_in: str) -> str:
    release = f"version {removed_in}" if removed_in else "the next release"
    return f"Moved module: {name} is {', '.join(targets)} now; {release} removes the old path"


def _warn(message: str, name: str) -> None:
    """Warn at the line that asked for the module ``name``, whatever imported it for that line."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and _imports_for_others(frame, name):
        frame = frame.f_back
    if frame is None:
        warnings.warn(message, DeprecationWarning, stacklevel=3)
        return
    warnings.warn_explicit(
        message,
        DeprecationWarning,
        frame.f_code.co_filename,
        frame.f_lineno,
        module=frame.f_globals.get("__name__", ""),
        registry=frame.f_globals.setdefault("__warningregistry__", {}),
    )


def _imports_for_others(frame: FrameType, name: str) -> bool:
    importer = str(frame.f_globals.get("__name__", ""))
    return importer == name or importer in _LOADERS or importer.partition(".")[0] in _LOADERS
