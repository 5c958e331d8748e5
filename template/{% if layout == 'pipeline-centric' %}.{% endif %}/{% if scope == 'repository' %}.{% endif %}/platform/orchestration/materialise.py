"""Materialise every asset of one pipeline in this process, and record the run in the Dagster instance.

`run.py` starts this for each pipeline. The run carries the tag that runs from the web server have too, the code
location, so that monitoring finds both.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

import dagster as dg

CODE_LOCATION = "dagster/code_location"
QUIETER = {"loggers": {"console": {"config": {"log_level": "INFO"}}}}


class DefinitionsError(Exception):
    """A module has not exactly one object with definitions; the message says which module."""


def definitions_of(module: str) -> dg.Definitions:
    """Return the definitions in a module, in whatever name they have.

    Raises:
        DefinitionsError: there are none, or several.
    """
    found = {}
    for value in vars(importlib.import_module(module)).values():
        definitions = value() if type(value).__name__ == "LazyDefinitions" else value
        if isinstance(definitions, dg.Definitions):
            found[id(definitions)] = definitions
    if len(found) != 1:
        raise DefinitionsError(f"{module} has {len(found) or 'no'} Definitions, and needs one")
    return found.popitem()[1]


def materialise(name: str, module: str, partition: str | None) -> bool:
    """Run the assets and checks of a pipeline, and return whether all went well.

    Raises:
        DefinitionsError: the module has not exactly one object with definitions.
    """
    job = definitions_of(module).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(
            instance=instance,
            partition_key=partition,
            raise_on_error=False,
            run_config=QUIETER if "console" in job.loggers else None,
            tags={CODE_LOCATION: name},
        )
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    for check in failed:
        print(f"check {check.check_name} of {check.asset_key.to_user_string()} is not passed")
    wrong = any(check.severity == dg.AssetCheckSeverity.ERROR for check in failed)
    return result.success and not wrong


def main(options: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Materialise every asset of one pipeline.")
    parser.add_argument("name", help="the pipeline, as the run is marked with it")
    parser.add_argument("module", help="the module with its definitions")
    parser.add_argument("--partition", help="the partition to materialise")
    arguments = parser.parse_args(options)
    try:
        done = materialise(arguments.name, arguments.module, arguments.partition)
    except DefinitionsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
