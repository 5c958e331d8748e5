from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Makes and drops the table of orders."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--schema", default="public")
        actions = parser.add_subparsers(title="actions", dest="action", required=True)

        make = actions.add_parser("make", help="print what makes the table")
        make.add_argument("--column", "-c", action="append", dest="columns", required=True)
        make.set_defaults(method=self.make)

        drop = actions.add_parser("drop", help="print what drops the table")
        drop.add_argument("tables", nargs="*", default=["orders"])
        only = drop.add_mutually_exclusive_group()
        only.add_argument("--cascade", action="store_const", const="CASCADE", dest="how")
        only.add_argument("--restrict", action="store_const", const="RESTRICT", dest="how")
        drop.set_defaults(method=self.drop)

    def handle(self, *args, method, **options):
        return method(**options)

    def make(self, schema, columns, **options):
        if len(columns) != len(set(columns)):
            raise CommandError("a column twice", returncode=5)
        table = self.style.SQL_TABLE(f"{schema}.orders")
        return f"{self.style.SQL_KEYWORD('CREATE TABLE')} {table} ({', '.join(columns)});"

    def drop(self, schema, tables, how, **options):
        names = ", ".join(f"{schema}.{name}" for name in tables)
        return f"DROP TABLE {names} {how or ''}".rstrip() + ";"
