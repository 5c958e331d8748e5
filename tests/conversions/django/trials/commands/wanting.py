from django.core.management.base import BaseCommand


class Command(BaseCommand):
    missing_args_message = "Nothing to do: say a path."
    suppressed_base_arguments = ("--traceback", "--force-color", "-v")

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*")
        parser.add_argument("--quickly", action="store_true")

    def get_version(self):
        return "1.2.3 (50%)".replace("%", "%%")

    def handle(self, *args, **options):
        self.stdout.write(f"{options['paths']} {options['quickly']} {self.get_version()}")
