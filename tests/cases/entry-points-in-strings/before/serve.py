import json
import pkgutil

from lib.loading import load

APP = "web.app:app"
HANDLERS = {
    "tasks.ship.ship": {"queue": "fast"},
    "tasks.ship": {"queue": "slow"},
}
MIDDLEWARE = [
    "web.middleware.Timing",  # the first one wins
    'web.middleware.Timing',
    "django.middleware.security.SecurityMiddleware",
]
SETTINGS = dict(backend="lib.backends.Memory", storage=r"lib.backends", include=("tasks.ship",))
SCHEDULE = {"hourly": {"task": "tasks.ship.ship", "schedule": 3600}}
POOL = (
    "lib.backends."
    "Memory"
)


def run(target, host="localhost:8000"):
    print(pkgutil.resolve_name(target)(host))


if __name__ == "__main__":
    run(APP)
    run("web.app:app.__call__")
    run("tasks.ship:ship", host="web.app:8000")
    for name in [*HANDLERS, *MIDDLEWARE[:2]]:
        load(name)
    print(load(SETTINGS["backend"]).kind, load(SCHEDULE["hourly"]["task"])("x"))
    print(json.dumps(sorted(map(len, HANDLERS.values()))))
