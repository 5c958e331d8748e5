"""The tags of a clone come from the bundles, and Copier knows the versions by them."""

from pathlib import Path

import yaml
from checkouts import Checkout
from copier import run_copy, run_update


def test_a_clone_without_tags_gets_them_once(checkout: Checkout, tmp_path: Path) -> None:
    checkout.release("1.0.0")
    checkout.release("1.1.0")
    clone = checkout.clone(tmp_path / "clone")
    assert clone.git("tag") == ""
    assert clone.run("make_tags").stdout == "tags made: v1.0.0, v1.1.0\n"
    for tag in ("v1.0.0", "v1.1.0"):
        assert clone.git("rev-parse", tag) == checkout.git("rev-parse", tag)
    assert clone.run("make_tags").stdout == "all tags are there already\n"


def test_a_later_release_is_added_to_those_that_are_there(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.release("1.0.0")
    clone = checkout.clone(tmp_path / "clone")
    assert clone.run("make_tags").returncode == 0
    checkout.release("1.1.0")
    clone.git("pull", "--quiet", "--no-tags", str(checkout.folder), "main")
    assert clone.run("make_tags").stdout == "tags made: v1.1.0\n"


def test_a_tag_that_names_something_else_is_left_and_said(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.release("1.0.0")
    checkout.release("1.1.0")
    clone = checkout.clone(tmp_path / "clone")
    clone.git("tag", "v1.1.0", "HEAD")
    done = clone.run("make_tags")
    assert done.returncode == 1
    assert done.stderr.startswith("error: the tag v1.1.0 names ")
    assert "git tag --delete v1.1.0 && make tags" in done.stderr
    assert clone.git("tag") == "v1.1.0"


def test_a_file_that_is_no_bundle_is_said(checkout: Checkout) -> None:
    checkout.write("releases/v1.0.0.bundle", "no bundle\n")
    done = checkout.run("make_tags")
    assert done.returncode == 1
    assert done.stderr.startswith("error: git bundle failed: ")
    assert "v1.0.0.bundle" in done.stderr


def test_copier_copies_and_updates_from_the_tags(checkout: Checkout, tmp_path: Path) -> None:
    checkout.release("1.0.0")
    checkout.git("mv", "template/old.txt", "template/new.txt")
    checkout.release("1.1.0")
    clone = checkout.clone(tmp_path / "clone")
    assert clone.run("make_tags").returncode == 0

    project = Checkout(tmp_path / "project")
    run_copy(str(clone.folder), project.folder, vcs_ref="v1.0.0", quiet=True)
    assert (project.folder / "old.txt").is_file()
    project.git("init", "--quiet")
    project.commit("Start")
    run_update(project.folder, overwrite=True, quiet=True)
    answers = yaml.safe_load((project.folder / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert answers["_commit"] == "v1.1.0"
    assert (project.folder / "new.txt").is_file()
    assert not (project.folder / "old.txt").exists()
