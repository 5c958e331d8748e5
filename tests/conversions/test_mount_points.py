from relayout.conversions.mount_points import ignored_mount_points
from relayout.tree import Tree

COMPOSE = "docker-compose.yml"


def service(*volumes: str) -> str:
    items = "".join(f"      - {volume}\n" for volume in volumes)
    return f"services:\n  app:\n    volumes:\n{items}"


def ignored(before: str, after: str, files: dict[str, str], own: str | None = None) -> str:
    tree = Tree.of({**files, COMPOSE: before})
    additions = {} if own is None else {".gitignore": own.encode()}
    made = ignored_mount_points(tree, tree.with_content({COMPOSE: after.encode()}), additions)
    return made.get(".gitignore", b"").decode()


FILES = {"platform/w.yaml": "", "pipelines/x/d.py": "", "pipelines/x/sub/e.py": ""}
BEFORE = service("./platform:/app")


def test_a_file_over_a_mounted_folder_has_a_place_there_that_git_ignores() -> None:
    after = service("./platform:/app", "./pipelines/x/d.py:/app/in/d.py")
    title = "# Docker mounts files over these\n"
    assert ignored(BEFORE, after, FILES) == f"{title}/platform/in/d.py\n"
    assert ignored(BEFORE, after, FILES, "*.log") == f"*.log\n\n{title}/platform/in/d.py\n"


def test_folders_and_files_that_are_there_need_nothing() -> None:
    assert ignored(BEFORE, service("./platform:/app", "./pipelines/x:/app/x"), FILES) == ""
    assert (
        ignored(BEFORE, service("./platform:/app", "./pipelines/x/d.py:/app/w.yaml"), FILES) == ""
    )
    assert ignored(BEFORE, service("./platform:/app", "./pipelines/x/d.py:/opt/d.py"), FILES) == ""


def test_what_was_so_before_stays_as_it_was() -> None:
    same = service("./platform:/app", "./pipelines/x/d.py:/app/d.py")
    assert ignored(same, same, FILES) == ""
