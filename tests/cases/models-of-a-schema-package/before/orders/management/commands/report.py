from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Say how many there are of each."

    def handle(self, **options):
        import orders.models
        from customers import models as people

        self.stdout.write(f"{orders.models.Order.objects.count()} orders")
        self.stdout.write(f"{people.Customer.objects.count()} customers")
