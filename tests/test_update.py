"""An update merges in the coordinates of the new layout: edits arrive, moves are followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.prepared_update import prepare_update
from relayout.update import finish_update
from updates import Repository, answers
from workbench import git

MOVED = [{"from": "src/{{ package }}/tools", "to": "src/{{ package }}/library"}]
TEXT = (
    "def clean(value):\n    return value.strip()\n\n\ndef upper(value):\n    return value.upper()\n"
)
OLD = {
    "Makefile": "run:\n\tload\n",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndependencies = ["pandas>=2"]\n\n'
    '[project.scripts]\nload = "shop.tools.load:main"\n',
    "src/shop/__init__.py": "",
    "src/shop/tools/__init__.py": "",
    "src/shop/tools/text.py": TEXT,
    "src/shop/tools/load.py": "from shop.tools import text\n\n\ndef main():\n    text.clean('')\n",
}
NEW = {
    path.replace("tools", "library"): text.replace("tools", "library") for path, text in OLD.items()
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path, OLD)
    made.declare("1.1.0", moves=MOVED)
    return made


def edit(repository: Repository, path: str, old: str, new: str) -> None:
    text = repository.text(path)
    assert old in text
    (repository.folder / path).write_text(text.replace(old, new), encoding="utf-8")
    repository.commit()


def test_an_untouched_repository_is_what_the_new_version_renders(repository: Repository) -> None:
    updated = repository.update(NEW)
    assert repository.files() == {".copier-answers.yml", *NEW}
    assert all(repository.text(path) == text for path, text in NEW.items())
    assert updated.moves["src/shop/tools/text.py"] == "src/shop/library/text.py"
    assert not updated.conflicts
    assert not updated.findings


def test_an_edit_moves_along_with_what_the_new_version_changes(repository: Repository) -> None:
    edit(repository, "src/shop/tools/text.py", "value.strip()", "value.strip(' .')")
    theirs = NEW | {"src/shop/library/text.py": TEXT.replace("upper()", "upper() or None")}
    updated = repository.update(theirs)
    assert repository.text("src/shop/library/text.py") == TEXT.replace(
        "strip()", "strip(' .')"
    ).replace("upper()", "upper() or None")
    assert not updated.conflicts


def test_what_the_user_added_moves_along_and_follows(repository: Repository) -> None:
    added = {
        "src/shop/tools/mine.py": "from shop.tools.text import clean\n",
        "src/shop/other.py": "from shop.tools import mine\n",
    }
    for path, text in added.items():
        (repository.folder / path).write_text(text)
    repository.commit()
    repository.update(NEW)
    assert repository.text("src/shop/library/mine.py") == "from shop.library.text import clean\n"
    assert repository.text("src/shop/other.py") == "from shop.library import mine\n"
    assert repository.files() == {
        ".copier-answers.yml",
        *NEW,
        "src/shop/library/mine.py",
        "src/shop/other.py",
    }


def test_what_the_user_deleted_stays_deleted(repository: Repository) -> None:
    repository.delete("src/shop/tools/load.py")
    theirs = NEW | {"src/shop/library/load.py": NEW["src/shop/library/load.py"] + "# more\n"}
    updated = repository.update(theirs)
    assert "src/shop/library/load.py" not in repository.files()
    assert not updated.conflicts


def test_what_the_user_moved_stays_where_he_put_it(repository: Repository) -> None:
    repository.move("src/shop/tools/text.py", "src/shop/words.py")
    edit(
        repository,
        "src/shop/tools/load.py",
        "from shop.tools import text",
        "from shop import words",
    )
    changed = TEXT.replace("upper()", "upper() or None")
    new = NEW["src/shop/library/load.py"] + "\n\nfrom shop.library.text import clean\n"
    theirs = {**NEW, "src/shop/library/text.py": changed, "src/shop/library/load.py": new}
    updated = repository.update(theirs)
    assert repository.text("src/shop/words.py") == changed
    assert "src/shop/library/text.py" not in repository.files()
    assert "from shop.words import clean" in repository.text("src/shop/library/load.py")
    assert "from shop import words" in repository.text("src/shop/library/load.py")
    assert not updated.conflicts


def test_one_line_changed_on_both_sides_is_a_conflict_and_nothing_else_is(
    repository: Repository,
) -> None:
    edit(repository, "src/shop/tools/text.py", "value.strip()", "value.strip(' .')")
    theirs = NEW | {"src/shop/library/text.py": TEXT.replace("value.strip()", "value.rstrip()")}
    updated = repository.update(theirs)
    assert updated.conflicts == ("src/shop/library/text.py",)
    assert repository.unmerged() == {"src/shop/library/text.py"}
    assert repository.text("src/shop/library/text.py").splitlines()[:6] == [
        "def clean(value):",
        "<<<<<<< yours",
        "    return value.strip(' .')",
        "=======",
        "    return value.rstrip()",
        ">>>>>>> layout 1.1.0",
    ]
    stages = [git(repository.folder, "show", f":{n}:src/shop/library/text.py") for n in (1, 2, 3)]
    assert [text.splitlines()[1].strip() for text in stages] == [
        "return value.strip()",
        "return value.strip(' .')",
        "return value.rstrip()",
    ]


def test_a_project_is_merged_by_key(repository: Repository) -> None:
    edit(repository, "pyproject.toml", '"pandas>=2"', '"pandas>=2", "mine>=1"')
    project = NEW["pyproject.toml"].replace('"pandas>=2"', '"pandas>=2", "polars>=1"')
    updated = repository.update({**NEW, "pyproject.toml": project})
    text = repository.text("pyproject.toml")
    assert '"mine>=1"' in text
    assert '"polars>=1"' in text
    assert 'load = "shop.library.load:main"' in text
    assert not updated.conflicts


def test_a_file_of_the_users_own_at_a_path_of_the_template_is_kept(tmp_path: Path) -> None:
    lines = [f"step{n}:\n\tdo {n}\n" for n in range(9)]
    own = "".join(f"mine{n}:\n\tother {n}\n" for n in range(9))
    repository = Repository(tmp_path, {**OLD, "Makefile": "".join(lines)}, {"Makefile": own})
    updated = repository.update({**OLD, "Makefile": "".join([*lines, "more:\n\tdo more\n"])})
    assert repository.text("Makefile") == own
    assert not updated.conflicts
    assert [(one.code, one.path) for one in updated.findings] == [("kept-yours", "Makefile")]


def test_what_the_layout_has_no_longer_is_kept_if_the_user_changed_it(tmp_path: Path) -> None:
    old = {**OLD, "docs/a.md": "# A\n", "docs/b.md": "# B\n"}
    repository = Repository(tmp_path, old, {"docs/a.md": "# A\n\nMine.\n"})
    updated = repository.update(OLD)
    assert repository.text("docs/a.md") == "# A\n\nMine.\n"
    assert "docs/b.md" not in repository.files()
    assert [(one.code, one.path) for one in updated.findings] == [("kept-yours", "docs/a.md")]


def test_a_folder_that_the_template_never_rendered_is_the_users(tmp_path: Path) -> None:
    rendered = {path: text for path, text in OLD.items() if "tools" not in path}
    repository = Repository(tmp_path, rendered, {"src/shop/tools/mine.py": "A = 1\n"})
    repository.declare("1.1.0", moves=MOVED)
    assert not repository.update(rendered).moves
    assert repository.text("src/shop/tools/mine.py") == "A = 1\n"


def test_several_versions_are_crossed_in_order(repository: Repository) -> None:
    repository.declare(
        "1.2.0",
        moves=[{"from": "src/{{ name }}/library/text.py", "to": "src/{{ name }}/words.py"}],
    )
    repository.declare("1.1.0", moves=MOVED, answers=[{"from": "package", "to": "name"}])
    repository.declare("2.0.0", moves=[{"from": "src/shop/words.py", "to": "nowhere.py"}])
    edit(repository, "src/shop/tools/text.py", "value.strip()", "value.strip(' .')")
    theirs = dict(NEW)
    theirs["src/shop/words.py"] = theirs.pop("src/shop/library/text.py")
    theirs["src/shop/library/load.py"] = (
        "from shop import words as text\n\n\ndef main():\n    text.clean('')\n"
    )
    updated = repository.update(theirs, "1.2.0")
    assert updated.moves["src/shop/tools/text.py"] == "src/shop/words.py"
    assert "strip(' .')" in repository.text("src/shop/words.py")
    assert repository.text("src/shop/library/load.py") == theirs["src/shop/library/load.py"]


def test_renamed_answers_are_in_the_file_that_copier_reads(repository: Repository) -> None:
    repository.declare("1.1.0", answers=[{"from": "package", "to": "name"}])
    repository.render(repository.old)
    prepare = repository.updating()
    prepare_update(prepare)
    assert "name: shop" in repository.text(".copier-answers.yml")


def test_a_pipeline_that_is_called_otherwise_is_the_same_pipeline(tmp_path: Path) -> None:
    old = {
        **OLD,
        "src/shop/orders/__init__.py": "",
        "src/shop/orders/etl.py": "TABLE = 'orders'\n\n\ndef run():\n    return TABLE\n",
        "configs/dev/orders.toml": "a = 1\n",
    }
    repository = Repository(
        tmp_path,
        old,
        {
            "src/shop/orders/mine.py": "from shop.orders.etl import run\n",
            "src/shop/orders/etl.py": old["src/shop/orders/etl.py"] + "\n\nMINE = 1\n",
        },
    )
    theirs = {p.replace("orders", "sales"): t.replace("orders", "sales") for p, t in old.items()}
    theirs[".copier-answers.yml"] = answers(pipeline="sales")
    updated = repository.update(theirs, "1.0.0", given=frozenset({"pipeline"}))
    assert repository.text("src/shop/sales/mine.py") == "from shop.sales.etl import run\n"
    assert repository.text("src/shop/sales/etl.py").splitlines() == [
        "TABLE = 'sales'",
        "",
        "",
        "def run():",
        "    return TABLE",
        "",
        "",
        "MINE = 1",
    ]
    assert repository.text("configs/dev/sales.toml") == "a = 1\n"
    assert not updated.conflicts


def test_an_answer_that_the_new_version_does_not_accept_is_refused(tmp_path: Path) -> None:
    repository = Repository(tmp_path, OLD)
    theirs = {**OLD, ".copier-answers.yml": answers(pipeline="order_list")}
    with pytest.raises(Refusal, match="does not accept 'orders' as the pipeline"):
        repository.update(theirs, is_unattended=True)
    assert git(repository.folder, "status", "--porcelain") == ""


def test_what_fails_leaves_the_repository_as_it_was(repository: Repository) -> None:
    repository.render(repository.old)
    (repository.folder / "Makefile").write_text("rendered\n")
    (repository.folder / "new.txt").write_text("rendered\n")
    (repository.store / "HEAD").unlink()
    with pytest.raises(Refusal, match="is not there any more"):
        finish_update(repository.updating())
    assert git(repository.folder, "status", "--porcelain") == ""
    assert repository.files() == {".copier-answers.yml", *OLD}


def test_without_what_was_rendered_nothing_begins(repository: Repository) -> None:
    with pytest.raises(Refusal, match="rendered without its tasks"):
        prepare_update(repository.updating())


def test_entry_points_have_new_names_wherever_they_are_called(tmp_path: Path) -> None:
    old = {
        **OLD,
        "pyproject.toml": OLD["pyproject.toml"].replace("load =", "load-orders ="),
        "Makefile": "run:\n\tuv run load-orders --all\n",
    }
    repository = Repository(tmp_path, old, {"ci.yml": "run: .venv/bin/load-orders\n"})
    repository.declare(
        "1.1.0", entry_points=[{"from": "load-{{ pipeline }}", "to": "{{ pipeline }}"}]
    )
    theirs = {p: t.replace("load-orders", "orders") for p, t in old.items()}
    updated = repository.update(theirs)
    assert repository.text("ci.yml") == "run: .venv/bin/orders\n"
    assert repository.text("Makefile") == "run:\n\tuv run orders --all\n"
    assert not updated.conflicts


def test_names_that_were_split_off_take_their_edits_along(tmp_path: Path) -> None:
    repository = Repository(
        tmp_path, OLD, {"src/shop/mine.py": "from shop.tools.text import upper\n"}
    )
    repository.declare(
        "1.1.0",
        splits=[
            {
                "from": "src/{{ package }}/tools/text.py",
                "to": "src/{{ package }}/tools/case.py",
                "names": ["upper"],
            }
        ],
    )
    edit(repository, "src/shop/tools/text.py", "value.upper()", "value.upper() + '!'")
    theirs = {
        **OLD,
        "src/shop/tools/text.py": TEXT.partition("\n\n\n")[0] + "\n",
        "src/shop/tools/case.py": '"""Part of text."""\n\n\ndef upper(value):\n'
        "    return value.upper()\n",
    }
    updated = repository.update(theirs)
    assert "value.upper() + '!'" in repository.text("src/shop/tools/case.py")
    assert "upper" not in repository.text("src/shop/tools/text.py")
    assert repository.text("src/shop/mine.py") == "from shop.tools.case import upper\n"
    assert not updated.conflicts


def test_imports_in_another_order_do_not_meet_an_edit_beside_them(tmp_path: Path) -> None:
    lines = "from shop.tools import text\nfrom shop.words import b\n"
    lines += "\n\ndef run():\n    return text, b\n"
    old = {**OLD, "src/shop/words.py": "b = 1\n", "src/shop/use.py": lines}
    mine = lines.replace("import b\n", "import b\n\nMINE = 1\n")
    repository = Repository(tmp_path, old, {"src/shop/use.py": mine})
    repository.declare("1.1.0", moves=[{"from": "src/shop/tools", "to": "src/shop/z"}])
    sorted_again = lines.replace("from shop.tools import text\n", "").replace(
        "import b\n", "import b\nfrom shop.z import text\n"
    )
    theirs = {p.replace("tools", "z"): t.replace("tools", "z") for p, t in old.items()}
    updated = repository.update({**theirs, "src/shop/use.py": sorted_again})
    text = repository.text("src/shop/use.py")
    assert text == sorted_again.replace("\n\n\ndef", "\n\nMINE = 1\n\n\ndef")
    assert not updated.conflicts


def test_untracked_files_are_never_taken_away(repository: Repository) -> None:
    git(repository.folder, "config", "status.showUntrackedFiles", "no")
    (repository.folder / "notes.txt").write_text("Mine.\n")
    repository.render(repository.old)
    with pytest.raises(Refusal, match="1 untracked files or folders"):
        prepare_update(repository.updating())
    assert repository.text("notes.txt") == "Mine.\n"


def test_other_line_ends_are_no_conflict(repository: Repository) -> None:
    (repository.folder / "Makefile").write_bytes(b"run:\r\n\tload\r\n")
    repository.commit()
    updated = repository.update({**NEW, "Makefile": "run:\n\tload\nmore:\n\tload\n"})
    assert repository.text("Makefile") == "run:\r\n\tload\r\nmore:\r\n\tload\r\n"
    assert not updated.conflicts
