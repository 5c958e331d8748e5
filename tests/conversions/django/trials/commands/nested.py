from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Several commands in one."

    def add_arguments(self, parser):
        parser.add_argument("--root", default="/data")
        subcommands = parser.add_subparsers(
            dest="subcommand", title="actions", required=True, metavar="ACTION"
        )
        load = subcommands.add_parser("load", help="load a table", aliases=["ld"])
        load.add_argument("table")
        load.add_argument("--times", type=int, required=True)
        load.set_defaults(method=self.load)
        drop = subcommands.add_parser("drop", help="drop a table", description="Drop it.")
        drop.add_argument("tables", nargs="+")
        drop.add_argument("--force", action="store_true")
        drop.set_defaults(method=self.drop)

    def handle(self, *args, method, **options):
        method(**options)

    def load(self, **options):
        options = {key: options[key] for key in ("root", "subcommand", "table", "times")}
        self.stdout.write(repr(options))

    def drop(self, *, tables, force, **options):
        if not force:
            raise CommandError(f"{', '.join(tables)}: only with --force", returncode=5)
        self.stdout.write(f"dropped {tables}")
