from orders.management.commands.load_orders import Command as LoadOrders


class Command(LoadOrders):
    help = "Loads feeds that came late."
    last_line = "done, late"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--days", type=int, choices=range(1, 4), default=1)
        parser.set_defaults(mode="late")

    def run(self, *args, **options):
        self.stdout.write(f"{options['days']} late")
        super().run(*args, **options)
