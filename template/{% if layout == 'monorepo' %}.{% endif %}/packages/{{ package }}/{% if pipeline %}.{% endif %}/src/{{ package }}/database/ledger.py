"""Which inputs a job has processed, and how its runs ended, in SQLite.

An input counts as processed only once its result is in place, so a run that dies in between leaves
no wrong entry: the next one makes the same result again, at the same place. The ledger saves work;
if it is lost, all inputs are processed again, with the same results.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from etl_core.job import JobError
from etl_core.logs import timestamp

_VERSION = 1
_PATIENCE = 30  # seconds to wait for another process that is writing
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS runs (
    job TEXT NOT NULL,
    run TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,  -- never set if the process was killed
    status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed')),
    PRIMARY KEY (job, run)
);
CREATE TABLE IF NOT EXISTS inputs (
    job TEXT NOT NULL,
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    etag TEXT NOT NULL,
    rules TEXT NOT NULL,
    result TEXT NOT NULL,
    result_etag TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_written INTEGER NOT NULL,
    run TEXT NOT NULL,
    processed_at TEXT NOT NULL,
    PRIMARY KEY (job, bucket, key)
);
PRAGMA user_version = {_VERSION};
COMMIT;
"""


class LedgerError(JobError):
    """The ledger cannot be used; the message names the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An input that was processed: what it was, by which rules, and what came of it."""

    bucket: str
    key: str
    etag: str
    rules: str
    result: str
    result_etag: str
    rows_read: int
    rows_written: int


class Ledger:
    """The entries of one job."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        job: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take a connection to a database with the ledger's tables; `opened` gives one."""
        self._connection = connection
        self._job = job
        self._clock = clock

    @contextmanager
    def run(self, run: str) -> Iterator[None]:
        """Record that a run begins, and how it ends. A retry under the same name replaces it."""
        with self._connection as connection:
            connection.execute(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, NULL, 'running')",
                (self._job, run, self._now()),
            )
        status = "failed"
        try:
            yield
            status = "done"
        finally:
            with self._connection as connection:
                connection.execute(
                    "UPDATE runs SET ended_at = ?, status = ? WHERE job = ? AND run = ?",
                    (self._now(), status, self._job, run),
                )

    def find(self, bucket: str, key: str) -> Entry | None:
        """Return what is known of an input."""
        row = self._connection.execute(
            "SELECT bucket, key, etag, rules, result, result_etag, rows_read, rows_written"
            " FROM inputs WHERE job = ? AND bucket = ? AND key = ?",
            (self._job, bucket, key),
        ).fetchone()
        return Entry(*row) if row else None

    def record(self, entry: Entry, run: str) -> None:
        """Remember that an input was processed, in place of what was known of it."""
        with self._connection as connection:
            connection.execute(
                "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self._job, *astuple(entry), run, self._now()),
            )

    def _now(self) -> str:
        return timestamp(self._clock())


@contextmanager
def opened(path: Path, job: str) -> Iterator[Ledger]:
    """Give the ledger of a job; the file and the folders above it are made if they are not there.

    Raises:
        LedgerError: the file is no such database or of another version, cannot be written, or stays
            locked by another process.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE)
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(f"{path}: {error}") from error
    with closing(connection):
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in {0, _VERSION}:
                raise LedgerError(f"{path}: version {version} of the ledger, expected {_VERSION}")
            connection.executescript(_SCHEMA)
            yield Ledger(connection, job)
        except sqlite3.Error as error:
            raise LedgerError(f"{path}: {error}") from error
