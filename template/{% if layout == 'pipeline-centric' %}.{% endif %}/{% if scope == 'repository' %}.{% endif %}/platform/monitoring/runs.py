"""How Dagster ended last with a pipeline: its runs are found by the tag with the code location."""

from collections.abc import Callable, Iterator

import dagster as dg
from results import Results

CODE_LOCATION = "dagster/code_location"
GOOD, FAILED = dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE


def last_runs() -> Callable[[str], Results]:
    """Return what finds how Dagster ended last with a pipeline, in the instance of DAGSTER_HOME."""
    instance = dg.DagsterInstance.get()

    def runs(name: str) -> Results:
        newest, success = _last(instance, name, [FAILED, GOOD]), _last(instance, name, [GOOD])
        if newest is None:
            return Results()
        failures = (*_failed_steps(instance, newest), *_failed_checks(instance, newest))
        succeeded = (success.end_time or 0.0) if success else 0.0
        return Results(newest.end_time or 0.0, failures, succeeded)

    return runs


def _last(
    instance: dg.DagsterInstance, name: str, statuses: list[dg.DagsterRunStatus]
) -> dg.RunRecord | None:
    filters = dg.RunsFilter(tags={CODE_LOCATION: name}, statuses=statuses)
    return next(iter(instance.get_run_records(filters, limit=1)), None)


def _failed_steps(instance: dg.DagsterInstance, record: dg.RunRecord) -> Iterator[str]:
    run = record.dagster_run
    if run.status == FAILED:
        steps = instance.get_run_step_stats(run.run_id)
        names = sorted(step.step_key for step in steps if str(step.status).endswith("FAILURE"))
        yield f"run {run.run_id}: {', '.join(names) or run.job_name} failed"


def _failed_checks(instance: dg.DagsterInstance, record: dg.RunRecord) -> Iterator[str]:
    """Yield the checks that failed; those that only warn are not failures."""
    run_id = record.dagster_run.run_id
    kind = dg.DagsterEventType.ASSET_CHECK_EVALUATION
    for found in instance.get_records_for_run(run_id, of_type=kind).records:
        event = found.event_log_entry.dagster_event
        check = event.asset_check_evaluation_data if event else None
        if check and not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
            yield f"check {check.check_name} of {check.asset_key.to_user_string()} is not passed"
