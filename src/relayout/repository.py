"""git in, git out: the only module that touches git or the work tree.

Reading gives a :class:`Tree` of a commit. Writing builds commits from trees beside the user's
branch, through an index file of its own, and only at the very end moves the user to them with one
``git switch``. Until then the work tree, the index and every existing branch stay as they were.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from relayout.errors import Refusal
from relayout.tree import Entry, Tree, ancestors

_IN_PROGRESS = {
    "MERGE_HEAD": ("a merge", "git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --abort"),
    "rebase-apply": ("a rebase or git am", "git rebase --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --abort"),
    "BISECT_LOG": ("a bisect", "git bisect reset"),
}


_ENVIRONMENT = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
"""Messages are read, and what only looks takes no lock that it would leave behind when killed."""

_PATIENCE = 3.0
"""Seconds that a running git is given to finish what it is writing."""


class GitError(Exception):
    """A git command failed; the message is what git said."""


class Repository:
    """A git repository with a work tree, opened at its top folder."""

    def __init__(self, path: Path) -> None:
        """Open the repository whose top folder is ``path``. Raises Refusal."""
        self.path = path
        if not path.is_dir():
            raise Refusal(f"there is no folder {path}", "Name the repository's top folder.")
        try:
            top = self.git("rev-parse", "--show-toplevel").rstrip("\n")
        except FileNotFoundError:
            raise Refusal("git is not installed", "Install git 2.23 or newer.") from None
        except GitError as error:
            if "dubious ownership" in str(error):
                raise Refusal(
                    f"git does not trust {path}: another user owns it",
                    f"Run: git config --global --add safe.directory {path.resolve()}",
                ) from None
            if "must be run in a work tree" in str(error):
                raise Refusal(
                    f"{path} is a bare repository, or the store of one",
                    "relayout needs the files checked out. Run it in a clone, at its top folder.",
                ) from None
            raise Refusal(
                f"{path} is not a git repository",
                "relayout reads from commits, so that nothing can be lost. Make one:",
                'git init && git add -A && git commit -m "As it was"',
            ) from None
        if not top:
            raise Refusal(f"{path} is a bare repository", "Run this in a clone of it.")
        if Path(top).resolve() != path.resolve():
            raise Refusal(
                f"{path} is a folder inside the repository {top}",
                "A layout belongs to a whole repository.",
                f"Run the command in {top}.",
            )
        self.git_dir = Path(self.git("rev-parse", "--absolute-git-dir").rstrip("\n"))
        self._contents: dict[str, bytes] = {}
        self._reader: subprocess.Popen[bytes] | None = None
        self._reading_process = 0

    # -- running git

    def git(
        self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> str:
        """Run git and return its output as text. Raises GitError with what git said."""
        return os.fsdecode(self.run_git(*arguments, stdin=stdin, env=env))

    def run_git(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
        fine: Container[int] = (0,),
    ) -> bytes:
        """Run git and return its output. Raises GitError with what git said.

        ``fine`` are exit statuses that are no failure.
        """
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", "-C", os.fspath(self.path), *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, **_ENVIRONMENT, **(env or {})},
            check=False,
        )
        if done.returncode not in fine:
            raise GitError(os.fsdecode(done.stderr).strip() or f"git {arguments[0]} failed")
        return done.stdout

    # -- what state it is in

    def head(self) -> str:
        """Return the id of the commit that is checked out. Raises Refusal if there is none."""
        try:
            return self.git("rev-parse", "--verify", "HEAD^{commit}").rstrip("\n")
        except GitError:
            raise Refusal(
                f"{self.path} has no commits yet",
                "relayout reads from commits, so that nothing can be lost.",
                'Commit what is there: git add -A && git commit -m "As it was"',
            ) from None

    def branch(self) -> str | None:
        """Return the name of the branch that is checked out, or None if HEAD is detached."""
        try:
            return self.git("symbolic-ref", "--quiet", "--short", "HEAD").rstrip("\n")
        except GitError:
            return None

    def branches(self, prefix: str, *merged: str) -> list[str]:
        """Return the names of the local branches that begin with ``prefix``.

        ``merged`` are further options of git: ``--no-merged=HEAD`` leaves out those in HEAD.
        """
        form = "--format=%(refname:short)"
        return self.git("for-each-ref", form, *merged, f"refs/heads/{prefix}").splitlines()

    def is_shallow(self) -> bool:
        """Tell whether this is a clone whose history was cut off."""
        return self.git("rev-parse", "--is-shallow-repository").strip() == "true"

    def uncommitted(self) -> list[str]:
        """Return the tracked paths that differ from HEAD, in the index or the work tree."""
        status = self.git("status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames")
        return [record[3:] for record in status.split("\0") if record]

    def untracked(self, *, with_ignored: bool = True) -> list[str]:
        """Return untracked and ignored paths; a wholly untracked folder is one path with ``/``."""
        ignored = ("--ignored=matching",) if with_ignored else ()
        status = self.git("status", "--porcelain=v1", "-z", "--untracked-files=normal", *ignored)
        return [r[3:] for r in status.split("\0") if r.startswith(("?? ", "!! "))]

    def operation_in_progress(self) -> tuple[str, str] | None:
        """Return (what is under way, the command that ends it), or None."""
        for name, description in _IN_PROGRESS.items():
            if (self.git_dir / name).exists():
                return description
        return None

    def has_identity(self) -> bool:
        """Tell whether git knows whom to name as the author of a commit."""
        try:
            self.git("var", "GIT_COMMITTER_IDENT")
        except GitError:
            return False
        return True

    # -- reading

    def tree(self, revision: str) -> Tree:
        """Return the tree of a revision. Raises GitError for a revision that is not there."""
        entries: dict[str, Entry] = {}
        for record in self.git("ls-tree", "-r", "-z", "--full-tree", revision).split("\0"):
            if record:
                meta, path = record.split("\t", 1)
                mode, _, blob = meta.split(" ")
                entries[path] = Entry(blob, mode)
        return Tree(entries, self._read_blob)

    def read_ahead(self, tree: Tree) -> None:
        """Read the Python files of a tree with one request, and keep them. Raises GitError.

        Every stage looks at them; worker processes inherit them.
        """
        blobs = sorted({tree[path].blob for path in tree.modules})
        wanted = [blob for blob in blobs if blob not in self._contents]
        asked = "".join(f"{blob}\n" for blob in wanted).encode()
        answer = self.run_git("cat-file", "--batch", "--buffer", stdin=asked) if wanted else b""
        position = 0
        for blob in wanted:
            line_end = answer.index(b"\n", position)
            header = answer[position:line_end].split()
            if len(header) != 3:
                raise GitError(f"object {blob} cannot be read: {b' '.join(header).decode()}")
            end = line_end + 1 + int(header[2])
            self._contents[blob] = answer[line_end + 1 : end]
            position = end + 1

    def _read_blob(self, blob: str) -> bytes:
        if blob in self._contents:
            return self._contents[blob]
        if self._reader is None or self._reading_process != os.getpid():
            self._reading_process = os.getpid()  # a forked worker must not share the pipe
            self._reader = subprocess.Popen(
                ["git", "-C", os.fspath(self.path), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(blob.encode() + b"\n")
        self._reader.stdin.flush()
        header = self._reader.stdout.readline().split()
        if len(header) != 3:
            raise GitError(f"object {blob} cannot be read: {b' '.join(header).decode()}")
        content = self._reader.stdout.read(int(header[2]))
        self._reader.stdout.read(1)
        return content

    def close(self) -> None:
        """End the helper process that reads blobs, if one was started."""
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None

    def check_out(self, revision: str, folder: Path) -> None:
        """Write the files of a revision into a new folder, through an index of its own.

        The work tree and the index stay as they are. Raises GitError.
        """
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="relayout-") as place:
            env = {"GIT_INDEX_FILE": os.fspath(Path(place) / "index")}
            self.git("read-tree", revision, env=env)
            self.git("checkout-index", "--all", f"--prefix={folder.absolute()}/", env=env)

    # -- writing

    def commit(self, tree: Tree, base: Tree, parent: str, message: str) -> str:
        """Write ``tree`` as a commit on ``parent``, whose tree is ``base``; return its id.

        No branch, index or file of the work tree is touched. Raises GitError.
        """
        tree_id = self.write_tree(tree, base, parent)
        return self.git("commit-tree", tree_id, "-p", parent, stdin=message.encode()).strip()

    def write_tree(self, tree: Tree, base: Tree, revision: str) -> str:
        """Write a tree and return its id; ``base`` is the tree of ``revision``, which it resembles.

        No branch, index or file of the work tree is touched. Raises GitError.
        """
        written, removed = tree.changed_since(base)
        made = {e.blob: tree.made[e.blob] for e in written.values() if e.blob in tree.made}
        self.write_blobs(made)
        lines = [f"0 {'0' * 40}\t{path}" for path in removed]
        lines += [f"{entry.mode} {entry.blob}\t{path}" for path, entry in written.items()]
        with tempfile.TemporaryDirectory(prefix="relayout-") as folder:
            env = {"GIT_INDEX_FILE": os.fspath(Path(folder) / "index")}
            self.git("read-tree", revision, env=env)
            records = "".join(f"{line}\0" for line in lines)
            self.git("update-index", "-z", "--index-info", stdin=os.fsencode(records), env=env)
            return self.git("write-tree", env=env).strip()

    def write_blobs(self, contents: Mapping[str, bytes]) -> None:
        """Write blobs, many of them into one pack (https://git-scm.com/docs/git-fast-import)."""
        if not contents:
            return
        stream = bytearray()
        for number, content in enumerate(contents.values(), 1):
            stream += b"blob\nmark :%d\ndata %d\n" % (number, len(content)) + content + b"\n"
            stream += b"get-mark :%d\n" % number
        written = self.git(
            *("-c", "pack.compression=1"),  # as quick as git writes single objects
            *("fast-import", "--quiet", "--done", "--depth=0"),
            stdin=bytes(stream) + b"done\n",
        )
        if written.split() != list(contents):
            raise GitError("git stored other content than it was given")

    def create_branch(self, name: str, commit: str) -> None:
        """Create a branch; it must not exist yet. Raises GitError."""
        self.git("update-ref", f"refs/heads/{name}", commit, "0" * 40)

    def delete_branch(self, name: str, commit: str) -> None:
        """Delete a branch that still points at ``commit``. Raises GitError if it moved on."""
        self.git("update-ref", "-d", f"refs/heads/{name}", commit)

    def switch(self, branch: str) -> None:
        """Check out a branch with ``git switch``; untracked files are never overwritten."""
        self.git("switch", "--quiet", "--no-overwrite-ignore", branch)

    def settle(self, *branches: str) -> None:
        """Wait for a git that is still at work; remove the locks that a killed one left.

        Looked at are the locks of the index, of HEAD and of these branches.
        """
        names = ("index", "HEAD", *(f"refs/heads/{branch}" for branch in branches))
        locks = [self.git_dir / f"{name}.lock" for name in names]
        patience = time.monotonic() + _PATIENCE
        while any(lock.exists() for lock in locks) and time.monotonic() < patience:
            time.sleep(0.05)
        for lock in locks:
            if lock.exists():
                lock.unlink(missing_ok=True)

    def restore(self, commit: str, half_written: Sequence[str], folders: Iterable[str]) -> None:
        """Bring tracked files back to ``commit`` after a checkout that was cut off.

        ``half_written`` are files, and ``folders`` those folders, that the interrupted checkout may
        have made; they are removed, folders only if they are empty. The caller makes sure that
        the work tree had no changes of the user's.
        """
        for path in half_written:
            (self.path / path).unlink(missing_ok=True)
        self.git("reset", "--quiet", "--hard", commit)
        for folder in sorted(folders, key=len, reverse=True):
            place = self.path / folder
            if place.is_dir() and not place.is_symlink() and not any(place.iterdir()):
                place.rmdir()

    def content_in_work_tree(self, path: str) -> bytes | None:
        """Return the file (of a symlink: its target) at a path of the work tree, or None."""
        file = self.path / path
        if file.is_symlink():
            return os.fsencode(file.readlink())
        return file.read_bytes() if file.is_file() else None

    def in_the_way(self, base: Tree, result: Tree) -> list[str]:
        """Return what is in the work tree where ``result`` has files that ``base`` has not.

        It is untracked or ignored, whatever its content is.
        """
        found: dict[str, None] = {}
        tracked = {path.casefold() for path in base}
        for path in result:
            if path.casefold() in tracked:
                continue
            if os.path.lexists(self.path / path) and path not in base.folders:
                found[path] = None
            for folder in ancestors(path):
                place = self.path / folder
                is_file = place.is_symlink() or place.is_file()
                if folder and is_file and folder.casefold() not in tracked:
                    found[folder] = None
        return list(found)


@contextmanager
def opened(path: Path) -> Iterator[Repository]:
    """Open a repository for the length of a block. Raises Refusal."""
    repository = Repository(path)
    try:
        yield repository
    finally:
        repository.close()
