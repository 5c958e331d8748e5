from relayout.inventory import take_inventory
from relayout.inventory.data_in_code import data_named_in_code
from relayout.tree import Tree

FOLDERS = frozenset({"data/raw", "data/minio"})


def named(text: str, path: str = "etl/load.py") -> list[str]:
    tree = Tree.of({path: text}).with_places(FOLDERS)
    found = data_named_in_code(take_inventory(tree), FOLDERS)
    return [f"{one.line}: {one.named}" for one in found]


def test_a_file_that_is_opened() -> None:
    assert named('open("data/raw/orders.csv")\n') == ["1: data/raw/orders.csv"]
    assert named('import pandas as pd\nFOLDER = "data/raw"\npd.read_csv(FOLDER + "/a.csv")\n') == [
        "3: data/raw/a.csv"
    ]


def test_a_path_that_counts_from_the_code() -> None:
    text = """\
from pathlib import Path
ROOT = Path(__file__).parent.parent
(ROOT / "data" / "raw" / "a.csv").read_text()
"""
    assert named(text) == ["3: data/raw/a.csv"]


def test_a_path_whose_end_is_not_known() -> None:
    assert named('def read(name):\n    return open(f"data/raw/{name}.csv")\n') == [
        "2: data/raw/..."
    ]


def test_a_folder_that_is_listed() -> None:
    text = 'from pathlib import Path\nRAW = Path("data/raw")\nprint(list(RAW.glob("*.csv")))\n'
    assert named(text) == ["3: data/raw/..."]
    assert named('import os\nfor name in os.listdir("data/raw"):\n    print(name)\n') == [
        "2: data/raw"
    ]


def test_a_folder_that_is_only_made_or_saved() -> None:
    text = """\
import os, shutil
os.makedirs("data/minio", exist_ok=True)
shutil.copytree("data/minio", "backup")
print(os.path.exists("data/minio"))
"""
    assert named(text) == []


def test_what_only_looks_like_it() -> None:
    text = """\
open("s3://shop/data/raw/a.csv")
open("/data/raw/a.csv")
open("mydata/raw/a.csv")
print("see data/raw/a.csv for more")
"""
    assert named(text) == []


def test_sql_that_reads_a_file() -> None:
    assert named("\ncopy t from 'data/raw/t.csv';\n", "sql/load.sql") == ["2: data/raw/t.csv"]
    assert named("copy t from '/mnt/data/raw/t.csv';\n", "sql/load.sql") == []


def test_code_that_cannot_be_read() -> None:
    assert named('open("data/raw/a.csv"\n') == []
    assert named('{"cells": "data/raw"', "a.ipynb") == []
