"""Commands of the shop's own, which have nothing to do with Django's."""

COMMANDS = {"migrate": print, "load": print}
NAMES = ["manage.py", "load"]


class BaseCommand:
    pass


class Command(BaseCommand):
    pass


def call_command(name, *arguments):
    return COMMANDS[name](name, *arguments)
