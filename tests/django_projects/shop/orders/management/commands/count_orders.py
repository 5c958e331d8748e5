from django.core.management.base import BaseCommand

from orders.models import Order


class Command(BaseCommand):
    help = "Counts the orders in the database."

    def handle(self, *args, **options):
        self.stdout.write(f"{Order.objects.count()} orders")
