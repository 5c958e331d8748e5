"""The program that has Airflow load the DAGs of a checkout, and writes down what they are.

It is copied into an empty folder, with the files that it uses, and run there by the interpreter of
the repository, which knows nothing of relayout. Its argument is a JSON file, the *request*:
``folder`` (of DAGs), ``files`` (only these; none for all that Airflow finds), ``root`` (the
checkout), ``origin`` (the repository itself), ``front`` and ``back`` (what of the checkout is
searched before and after installed packages), ``places`` (paths of a container, with where they
are), ``home`` and ``answer``. Airflow's own settings are in the environment.

Each file is loaded in a process of its own, as by Airflow's DAG processor
(https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/dagfile-processing.html):
modules of one name are not mixed up, and one that ends its process ends nothing else. There is no
network. What a file asks the environment for, and cannot do without, gets a value that stands in.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
import re
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

_PATIENCE = 120.0
"""Seconds that one file may take; Airflow itself ends most of them earlier."""
_MOST_STAND_INS = 30
_TABLES = "RELAYOUT_TABLES"
"""The variable that says that Airflow's tables are there."""
_STAND_IN, _STAND_IN_FOR_JSON = "1", "{}"
_CONNECTION = "generic://none"
_WANTS_A_MAPPING = re.compile(r"'int' object (?:has no attribute|is not (?:subscript|iter)able)")
_IN_MOST_DAGS = ("airflow.decorators", "airflow.operators.bash", "airflow.operators.python")
"""Modules that are imported once here, so that not every file has to wait for them."""
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_ASKED = (
    (
        re.compile(r"^[\w.]+: .*\bVariable (\S+?) (?:does not exist|not found)", re.M),
        "AIRFLOW_VAR_",
    ),
    (re.compile(r"^[\w.]+: The conn_id `(\S+)` isn't defined", re.M), "AIRFLOW_CONN_"),
    (re.compile(r"(?:<frozen os>|/os\.py)\".*\n(?: .*\n)*KeyError: '(\w+)'\s*$"), ""),
)


def main() -> None:
    """Load what the request names, and write the answer."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    root, origin = Path(request["root"]), Path(request["origin"])
    installed = importlib.import_module("relayout_probe").redirected(root, origin)
    front, back = ([str(root / path) for path in request[name]] for name in ("front", "back"))
    # Airflow is found as it is installed, before anything of the repository
    sys.path[1:] = installed
    answer: dict[str, Any] = {"python": sys.version.split()[0], "airflow": "", "files": {}}
    try:
        answer["airflow"] = importlib.import_module("airflow").__version__
        loader = _Loader(request, _bag_class())
    except (ImportError, AttributeError) as error:
        answer["unavailable"] = str(error)
    else:
        sys.path[1:] = [*front, *sys.path[1:], *(path for path in back if path not in sys.path)]
        for file in loader.files():
            answer["files"][os.path.relpath(file, root)] = loader.load(file)
    text = json.dumps(answer)
    for place, name in ((str(root), "@repository@"), (request["home"], "@home@")):
        text = text.replace(json.dumps(place)[1:-1], name)
    Path(request["answer"]).write_text(text, encoding="utf-8")


def _bag_class() -> Any:
    """Return Airflow's class that loads DAGs, wherever this release has it."""
    try:
        module = importlib.import_module("airflow.dag_processing.dagbag")
    except ImportError:
        module = importlib.import_module("airflow.models.dagbag")
    for name in _IN_MOST_DAGS:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    return module.DagBag


class _Loader:
    def __init__(self, request: dict[str, Any], bag_class: Any) -> None:
        self.request = request
        self.bag_class = bag_class
        self.facts = importlib.import_module("relayout_airflow_facts")
        self.lead = importlib.import_module("relayout_airflow_places").lead

    def files(self) -> list[str]:
        """Return the files that are loaded: those that Airflow would look into."""
        root = Path(self.request["root"])
        if self.request["files"]:
            return [str(root / path) for path in self.request["files"]]
        folder = str(root / self.request["folder"])
        try:
            registry = importlib.import_module("airflow.dag_processing.importers")
            found = registry.get_importer_registry().list_dag_files(folder, safe_mode=True)
        except (ImportError, AttributeError):
            listing = importlib.import_module("airflow.utils.file").list_py_file_paths
            takes = inspect.signature(listing).parameters
            options = {"include_examples": False} if "include_examples" in takes else {}
            found = listing(folder, safe_mode=True, **options)
        return sorted(str(path) for path in found if str(path).endswith(".py"))

    def load(self, file: str) -> dict[str, Any]:
        """Return what a file has, with what it needed for that."""
        answer = self._with_stand_ins(file, [])
        absent = _NO_MODULE.search(answer["error"])
        root = self.request["root"]
        if absent and _may_have(root, absent[1].partition(".")[0]):
            again = self._with_stand_ins(file, [root])
            if not again["error"]:
                return {**again, "needs_root": True}
        return answer

    def _with_stand_ins(self, file: str, paths: list[str]) -> dict[str, Any]:
        given: dict[str, str] = {}
        while True:
            answer = self._in_a_process(file, given, paths)
            asked = _asked(answer["error"]) or _more(answer["error"], given)
            if "no such table" in answer["error"] and _migrated():
                continue
            if not asked or asked.items() <= given.items() or len(given) > _MOST_STAND_INS:
                return {**answer, "stood_in": sorted(given)}
            given.update(asked)

    def _in_a_process(self, file: str, given: dict[str, str], paths: list[str]) -> dict[str, Any]:
        """Load a file in a process of its own, and return what it has."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with contextlib.suppress(BaseException):
                answer = self._loaded(file, given, paths)
                with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                    pipe.write(json.dumps(answer))
            sys.stdout.flush()
            os._exit(0)
        os.close(writing)
        text, ended = _read(reading), ""
        if text is None:
            os.kill(child, signal.SIGKILL)
            ended = f"TimeoutError: it was not loaded after {_PATIENCE:.0f} seconds"
        os.waitpid(child, 0)
        if not text:
            return {"error": ended or "SystemExit: it ends the process that loads it", "dags": {}}
        found: dict[str, Any] = json.loads(text)
        return found

    def _options(self) -> dict[str, bool]:
        """Return the options, of those that this release has, that leave the bag empty at first."""
        takes = inspect.signature(self.bag_class).parameters
        return {name: False for name in ("include_examples", "collect_dags") if name in takes}

    def _loaded(self, file: str, given: dict[str, str], paths: list[str]) -> dict[str, Any]:
        os.environ.update(given)
        sys.path += paths
        _without_network()
        os.chdir(self.request["working_folder"])
        self.lead([tuple(pair) for pair in self.request["places"]])
        try:
            bag = self.bag_class(dag_folder=os.devnull, **self._options())
            found = bag.process_file(file, only_if_updated=False, safe_mode=True)
            dags = {dag.dag_id: self.facts.described(dag) for dag in found}
            error = "\n".join(str(text) for text in bag.import_errors.values())
        except BaseException:
            dags, error = {}, traceback.format_exc()
        strays = importlib.import_module("relayout_probe").strays(Path(self.request["origin"]))
        return {"error": error, "dags": dags, "strays": strays}


def _read(pipe: int) -> str | None:
    """Return what comes through a pipe until it is closed; None if that takes too long."""
    found = b""
    with os.fdopen(pipe, "rb", buffering=0) as reading:
        while select.select([reading], [], [], _PATIENCE)[0]:
            part = reading.read(1 << 16)
            if not part:
                return found.decode("utf-8", errors="replace")
            found += part
    return None


def _may_have(folder: str, name: str) -> bool:
    place = Path(folder) / name
    return place.is_dir() or place.with_suffix(".py").is_file()


def _asked(error: str) -> dict[str, str]:
    """Return the environment variable that a file could not be loaded without, and a value."""
    for pattern, prefix in _ASKED:
        match = pattern.search(error)
        if match:
            name = prefix + match[1].strip("'\"`.")
            value = _CONNECTION if prefix == "AIRFLOW_CONN_" else _STAND_IN
            return {name.upper() if prefix else name: value}
    return {}


def _more(error: str, given: dict[str, str]) -> dict[str, str]:
    """Return other values for the variables that stand in, if a number is not what is wanted."""
    if not _WANTS_A_MAPPING.search(error):
        return {}
    return {name: _STAND_IN_FOR_JSON for name in given if name.startswith("AIRFLOW_VAR_")}


def _migrated() -> bool:
    """Make Airflow's tables in its database; tell whether they were not there yet."""
    if os.environ.get(_TABLES):
        return False
    os.environ[_TABLES] = "made"
    child = os.fork()
    if child == 0:
        sys.argv = ["airflow", "db", "migrate"]
        with contextlib.suppress(BaseException):
            importlib.import_module("airflow.__main__").main()
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _without_network() -> None:
    """Refuse connections to other machines: code that is only imported has no use for them."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            raise ConnectionRefusedError("there is no network while DAGs are loaded")
        connect(self, address)

    def unknown(host: Any, *_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "there is no network while DAGs are loaded")

    for name, instead in (("connect", refuse), ("connect_ex", refuse)):
        setattr(socket.socket, name, instead)
    socket.getaddrinfo = unknown


if __name__ == "__main__":
    main()
