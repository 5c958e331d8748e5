from django.core.management import call_command
from django.core.management.base import BaseCommand, OutputWrapper

from warehouse.management.commands.stock_report import Command as StockReport


class Command(BaseCommand):
    help = "Compares what is in stock with what was."

    def add_arguments(self, parser):
        parser.add_argument("then", type=int)
        parser.add_argument("now", type=int)

    def handle(self, *args, then, now, **options):
        past = call_command(StockReport(), pieces=then, form="total", stdout=Silent())
        call_command("stock_report", "--as=table", rows=[("shoes", now)], stdout=self.stdout)
        report = StockReport(stdout=OutputWrapper(self.stdout, ending=" <-\n"), no_color=True)
        report.execute(
            names=["hats"],
            pieces=now,
            form="total",
            no_color=options["no_color"],
            force_color=options["force_color"],
            skip_checks=True,
        )
        call_command("stock_report", "--as=heap", stdout=self.stdout)
        return past


class Silent:
    def write(self, text):
        pass
