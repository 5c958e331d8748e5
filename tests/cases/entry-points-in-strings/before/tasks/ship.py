def task(name):
    return lambda function: function


@task(name="tasks.ship.ship")
def ship(what):
    return f"shipped to {what}"
