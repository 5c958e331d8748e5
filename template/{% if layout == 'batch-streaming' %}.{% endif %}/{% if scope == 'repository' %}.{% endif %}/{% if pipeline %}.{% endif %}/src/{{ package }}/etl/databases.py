"""The databases that gold is loaded into: SQLite, DuckDB and PostgreSQL.

Each takes in a Parquet file in its own way; the statements around that are the same SQL on all three:
https://sqlite.org/lang_upsert.html, https://duckdb.org/docs/stable/sql/statements/insert,
https://www.postgresql.org/docs/current/sql-insert.html
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import psycopg

BATCH = 10_000
LOCK_SECONDS = 60

# Columns of a table: the name, and the type as DuckDB calls it.
Columns = Sequence[tuple[str, str]]


class DatabaseError(Exception):
    """The database cannot be used, or refused a statement; the message says why."""


class Database(ABC):
    """One connection, as `load.load_table` needs it."""

    # Compares two values of which one may be null.
    differs = "IS DISTINCT FROM"

    @contextmanager
    def transaction(self, table: str) -> Iterator[None]:
        """Keep all that happens inside, or nothing if an error leaves it.

        Other loads of the same table wait until it is over.
        """
        self._begin(table)
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    @abstractmethod
    def execute(self, statement: str) -> int:
        """Run a statement, and return how many rows it changed."""

    @abstractmethod
    def count(self, table: str) -> int:
        """Return how many rows a table has."""

    @abstractmethod
    def type_name(self, duckdb_type: str) -> str:
        """Return what this database calls a type of DuckDB."""

    @abstractmethod
    def copy(self, file: Path, columns: Columns, table: str) -> None:
        """Append the rows of a Parquet file to a table."""

    @abstractmethod
    def _begin(self, table: str) -> None:
        """Begin a transaction that writes to a table."""


class SQLite(Database):
    """A file. Dates are ISO text there, which sorts and compares as dates do."""

    differs = "IS NOT"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def execute(self, statement: str) -> int:
        return self.connection.execute(statement).rowcount

    def count(self, table: str) -> int:
        return int(self.connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])

    def type_name(self, duckdb_type: str) -> str:
        if duckdb_type in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "BOOLEAN"):
            return "INTEGER"
        return "REAL" if duckdb_type in ("FLOAT", "DOUBLE") else "TEXT"

    def copy(self, file: Path, columns: Columns, table: str) -> None:
        places = ", ".join("?" * len(columns))
        for rows in read_rows(file, columns):
            values = ([_for_sqlite(value) for value in row] for row in rows)
            self.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', values)

    def _begin(self, table: str) -> None:
        self.connection.execute("BEGIN IMMEDIATE")


class DuckDB(Database):
    """A file, which one process at a time may have open."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def execute(self, statement: str) -> int:
        result = self.connection.execute(statement).fetchone()
        return int(result[0]) if result else 0

    def count(self, table: str) -> int:
        return self.execute(f'SELECT count(*) FROM "{table}"')

    def type_name(self, duckdb_type: str) -> str:
        return duckdb_type

    def copy(self, file: Path, columns: Columns, table: str) -> None:
        names = quoted(name for name, _ in columns)
        statement = f'INSERT INTO "{table}" SELECT {names} FROM read_parquet(?)'
        self.connection.execute(statement, [str(file)])

    def _begin(self, table: str) -> None:
        self.connection.execute("BEGIN TRANSACTION")


class PostgreSQL(Database):
    """A server. Rows come by COPY: https://www.psycopg.org/psycopg3/docs/basic/copy.html"""

    def __init__(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        self.connection = connection

    def execute(self, statement: str) -> int:
        return self.connection.execute(statement.encode()).rowcount

    def count(self, table: str) -> int:
        statement = f'SELECT count(*) FROM "{table}"'
        row = self.connection.execute(statement.encode()).fetchone()
        return int(row[0]) if row else 0

    def type_name(self, duckdb_type: str) -> str:
        names = {
            "VARCHAR": "TEXT",
            "DOUBLE": "DOUBLE PRECISION",
            "FLOAT": "REAL",
            "TINYINT": "SMALLINT",
            "HUGEINT": "NUMERIC(38, 0)",
            "BLOB": "BYTEA",
        }
        return names.get(duckdb_type, duckdb_type)

    def copy(self, file: Path, columns: Columns, table: str) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table}" FROM STDIN'.encode()) as copy,
        ):
            for rows in read_rows(file, columns):
                for row in rows:
                    copy.write_row(row)

    def _begin(self, table: str) -> None:
        self.connection.execute("BEGIN")
        self.connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])


@contextmanager
def connect(url: str, folder: Path) -> Iterator[Database]:
    """Give a connection to the database that a URL names; a relative path starts at `folder`.

    A driver in the scheme, as SQLAlchemy has it (`postgresql+psycopg://`), is passed over.

    Raises:
        DatabaseError: The URL names none of the three, or the database reports an error.
    """
    scheme, _, rest = url.partition("://")
    scheme = scheme.partition("+")[0]
    path = folder / rest.removeprefix("/")
    try:
        if scheme == "sqlite":
            path.parent.mkdir(parents=True, exist_ok=True)
            # The transactions are those of `Database`: the driver begins none itself.
            opened = sqlite3.connect(path, isolation_level=None, timeout=LOCK_SECONDS)
            with closing(opened) as connection:
                yield SQLite(connection)
        elif scheme == "duckdb":
            path.parent.mkdir(parents=True, exist_ok=True)
            with duckdb.connect(path) as connection:
                yield DuckDB(connection)
        elif scheme in ("postgresql", "postgres"):
            with _server(f"postgresql://{rest}") as connection:
                yield PostgreSQL(connection)
        else:
            raise DatabaseError("DATABASE_URL does not begin with sqlite, duckdb or postgresql")
    except (sqlite3.Error, duckdb.Error) as error:
        raise DatabaseError(f"{path}: {error}") from error


@contextmanager
def _server(url: str) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
    try:
        import psycopg
    except ImportError as error:
        raise DatabaseError("PostgreSQL needs psycopg: install the extra `postgres`") from error
    try:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            yield connection
    except psycopg.Error as error:
        raise DatabaseError(str(error).strip()) from error


def columns_of(file: Path) -> Columns:
    """Return the columns of a Parquet file."""
    with duckdb.connect() as connection:
        statement = "DESCRIBE SELECT * FROM read_parquet(?)"
        rows = connection.execute(statement, [str(file)]).fetchall()
    return [(name, duckdb_type) for name, duckdb_type, *_ in rows]


def read_rows(file: Path, columns: Columns) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a Parquet file in batches."""
    names = quoted(name for name, _ in columns)
    with duckdb.connect() as connection:
        result = connection.execute(f"SELECT {names} FROM read_parquet(?)", [str(file)])
        while rows := result.fetchmany(BATCH):
            yield rows


def quoted(names: "Iterator[str] | Sequence[str]") -> str:
    """Return names of columns as a list in SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _for_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
