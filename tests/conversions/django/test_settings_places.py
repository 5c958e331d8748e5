"""Settings that are paths, and what code reaches through them."""

from __future__ import annotations

from pathlib import Path

from conversions.django.settings_projects import (
    COMMAND,
    LEGACY,
    convert,
    reading,
    values_after,
    values_before,
    write,
)

PLACES = {
    "site/manage.py": "",
    "site/project/__init__.py": "",
    "site/project/settings.py": """\
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = BASE_DIR / "data"
OLD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "notes.txt")
MEDIA_ROOT = BASE_DIR / "media"
REPORTS = BASE_DIR.parent / "reports"
DB = {"NAME": BASE_DIR / "db.sqlite3"}
TMP = "data/tmp"
""",
    "site/project/notes.txt": "notes",
    "site/data/orders.csv": "id\n1\n",
    "reports/README.md": "Reports",
    f"site/{COMMAND}": reading("DATA", "OLD", "MEDIA_ROOT", "REPORTS", "DB", "TMP"),
}


def test_paths_lead_to_the_same_files(tmp_path: Path) -> None:
    done = convert(PLACES, ["site/project/settings.py"], "site", stays=["reports/README.md"])
    names = ["DATA", "OLD", "MEDIA_ROOT", "REPORTS", "DB", "TMP"]
    root = write(tmp_path / "before", done.before)
    before = values_before(root, "site", "project.settings", names, {})
    after = values_after(write(tmp_path / "after", done.after), names, {})
    moved = {
        "DATA": "PosixPath('<root>/packages/shop/data')",
        "OLD": f"'<root>/{LEGACY}/project/notes.txt'",
    }
    assert after == before | moved
    assert not done.conversion.findings


def test_a_folder_that_came_apart_is_reported_where_it_is_used() -> None:
    code = """\
import os
from django.conf import settings

DATA = os.path.join(settings.BASE_DIR, "data")
orders = settings.BASE_DIR / "data" / "orders.csv"
made = settings.BASE_DIR / "out" / "new.csv"
log = settings.BASE_DIR / "out" / "new.log"
everything = str(settings.BASE_DIR)
"""
    done = convert({**PLACES, f"site/{COMMAND}": code}, ["site/project/settings.py"], "site")
    assert done.said("django-setting-place") == [
        "settings.BASE_DIR leads to site/data here, which is at packages/shop/data now",
        "settings.BASE_DIR leads to site/data/orders.csv here, which is at "
        "packages/shop/data/orders.csv now",
        "settings.BASE_DIR leads to site here, and its files moved",
    ]


def test_a_folder_is_put_where_all_is_that_code_reaches_through_it(tmp_path: Path) -> None:
    code = """\
import os
from django.conf import settings

DATA = os.path.join(settings.BASE_DIR, "data")
orders = settings.BASE_DIR / "data" / "orders.csv"
more = settings.BASE_DIR.joinpath("data/orders.csv")
out = settings.BASE_DIR / "out.csv"
"""
    files = {**PLACES, f"site/{COMMAND}": code}
    done = convert(files, ["site/project/settings.py"], "site")
    names = ["BASE_DIR", "MEDIA_ROOT", "DATA"]
    assert values_after(write(tmp_path, done.after), names, {}) == {
        "BASE_DIR": "PosixPath('<root>/packages/shop')",
        "MEDIA_ROOT": "AttributeError",
        "DATA": "AttributeError",
    }
    assert done.said("django-setting-place") == [
        "settings.BASE_DIR leads to packages/shop/out.csv here now, and to site/out.csv before"
    ]
    reading_more = {**files, "site/orders/services/more.py": reading("MEDIA_ROOT", "DATA")}
    done = convert(reading_more, ["site/project/settings.py"], "site")
    assert values_after(write(tmp_path, done.after), names, {}) == {
        "BASE_DIR": "PosixPath('<root>/packages/shop')",
        "MEDIA_ROOT": "PosixPath('<root>/site/media')",
        "DATA": "PosixPath('<root>/packages/shop/data')",
    }
