#!/usr/bin/env python
"""Starts the commands."""
import os
import sys
from pathlib import Path


def main():
    sys.path.insert(0, str(Path(__file__).resolve().parent / "apps"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "depot.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as exc:
        raise ImportError("Is Django installed?") from exc
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
