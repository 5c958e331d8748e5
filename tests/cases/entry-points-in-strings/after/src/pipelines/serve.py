import json
import pkgutil

from pipelines.utils.loading import load

APP = "pipelines.web.app:app"
HANDLERS = {
    "pipelines.tasks.ship.ship": {"queue": "fast"},
    "pipelines.tasks.ship": {"queue": "slow"},
}
MIDDLEWARE = [
    "pipelines.web.middleware.Timing",  # the first one wins
    'pipelines.web.middleware.Timing',
    "django.middleware.security.SecurityMiddleware",
]
SETTINGS = dict(backend="pipelines.utils.backends.Memory", storage=r"pipelines.utils.backends", include=("pipelines.tasks.ship",))
SCHEDULE = {"hourly": {"task": "pipelines.tasks.ship.ship", "schedule": 3600}}
POOL = (
    "pipelines.utils.backends."
    "Memory"
)


def run(target, host="localhost:8000"):
    print(pkgutil.resolve_name(target)(host))


if __name__ == "__main__":
    run(APP)
    run("pipelines.web.app:app.__call__")
    run("pipelines.tasks.ship:ship", host="web.app:8000")
    for name in [*HANDLERS, *MIDDLEWARE[:2]]:
        load(name)
    print(load(SETTINGS["backend"]).kind, load(SCHEDULE["hourly"]["task"])("x"))
    print(json.dumps(sorted(map(len, HANDLERS.values()))))
