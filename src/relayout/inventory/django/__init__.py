"""Django projects in a tree: where they are, their apps and commands, what only Django needs."""

from __future__ import annotations

from relayout.inventory.django.project import DjangoApp, DjangoCommand, DjangoProject

__all__ = ["DjangoApp", "DjangoCommand", "DjangoProject"]
