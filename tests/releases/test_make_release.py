"""A release is a bundle of what a suite consists of, and is refused where HEAD is not ready."""

from collections.abc import Callable
from pathlib import Path

import pytest
from checkouts import FILES, Checkout


def test_a_release_holds_the_suite_and_nothing_else(checkout: Checkout) -> None:
    checkout.release("1.0.0")
    released = checkout.git("ls-tree", "-r", "--name-only", "v1.0.0").splitlines()
    assert sorted(released) == sorted(set(FILES) - {"Makefile"})
    assert checkout.git("log", "--format=%s %an", "v1.0.0") == "relayout 1.0.0 Ada"


def test_a_release_follows_the_one_before_and_brings_only_what_differs(checkout: Checkout) -> None:
    checkout.release("1.0.0")
    checkout.write("template/new.txt", "new\n")
    checkout.release("1.1.0")
    assert checkout.git("log", "--format=%s", "v1.1.0") == "relayout 1.1.0\nrelayout 1.0.0"
    bundle = checkout.folder / "releases" / "v1.1.0.bundle"
    assert f"-{checkout.git('rev-parse', 'v1.0.0')}".encode() in bundle.read_bytes()


def test_the_same_commit_gives_the_same_release(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("src/relayout/__init__.py", '__version__ = "1.0.0"\n# Ours.\n')
    checkout.commit("Ready")
    other = checkout.clone(tmp_path / "other")
    for one in (checkout, other):
        assert one.run("make_release", "1.0.0").returncode == 0
    assert checkout.git("rev-parse", "v1.0.0") == other.git("rev-parse", "v1.0.0")


def test_the_release_does_not_depend_on_the_branch(checkout: Checkout, tmp_path: Path) -> None:
    """A fresh repository that has nothing but the bundles has the releases."""
    checkout.release("1.0.0")
    checkout.release("1.1.0")
    alone = Checkout(tmp_path / "alone")
    for path in (checkout.folder / "releases").iterdir():
        alone.write(f"releases/{path.name}", "")
        (alone.folder / "releases" / path.name).write_bytes(path.read_bytes())
    alone.git("init", "--quiet")
    assert alone.run("make_tags").returncode == 0
    assert alone.git("tag").split() == ["v1.0.0", "v1.1.0"]


def leave_uncommitted(checkout: Checkout) -> None:
    checkout.write("README.md", "Not committed.\n")


def drop_the_section(checkout: Checkout) -> None:
    checkout.write("CHANGELOG.md", "# Changes\n")
    checkout.commit("No section")


def say_another_version(checkout: Checkout) -> None:
    checkout.write("src/relayout/__init__.py", '__version__ = "1.1.0"\n')
    checkout.commit("Another version")


def drop_the_licence(checkout: Checkout) -> None:
    checkout.git("rm", "--quiet", "LICENSE")
    checkout.git("commit", "--quiet", "--message", "No licence")


def tag_by_hand(checkout: Checkout) -> None:
    checkout.git("tag", "v1.0.0")


def release_later(checkout: Checkout) -> None:
    checkout.release("1.1.0")
    checkout.write("src/relayout/__init__.py", '__version__ = "1.0.0"\n')
    checkout.commit("Back")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (leave_uncommitted, "not everything is committed (README.md, ...)"),
        (drop_the_section, "CHANGELOG.md has no section 1.0.0"),
        (say_another_version, "src/relayout/__init__.py says version 1.1.0, not 1.0.0"),
        (drop_the_licence, "HEAD has no LICENSE, which belongs to the suite"),
        (tag_by_hand, "the tag v1.0.0 is here already, without a bundle"),
        (release_later, "1.1.0 is released already, so 1.0.0 cannot be released"),
    ],
)
def test_what_is_not_ready_is_refused_and_nothing_changes(
    checkout: Checkout, prepare: Callable[[Checkout], None], message: str
) -> None:
    prepare(checkout)
    before = checkout.git("status", "--porcelain"), checkout.git("tag")
    done = checkout.run("make_release", "1.0.0")
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {message}")
    assert (checkout.git("status", "--porcelain"), checkout.git("tag")) == before


def test_a_version_is_released_once(checkout: Checkout) -> None:
    checkout.release("1.0.0")
    done = checkout.run("make_release", "1.0.0")
    assert done.returncode == 1
    assert "1.0.0 is released already" in done.stderr


def test_a_version_has_three_numbers(checkout: Checkout) -> None:
    done = checkout.run("make_release", "1.0")
    assert done.stderr.startswith("error: '1.0' is no version")
