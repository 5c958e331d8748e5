from shop.support.commands import BaseCommand


class Command(BaseCommand):
    help = "Say how many there are of each."

    def handle(self, **options):
        from shop.database import django_setup  # noqa: F401  # isort: skip
        import etl_database_schema.orders.models
        from etl_database_schema.customers import models as people

        self.stdout.write(f"{etl_database_schema.orders.models.Order.objects.count()} orders")
        self.stdout.write(f"{people.Customer.objects.count()} customers")


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
