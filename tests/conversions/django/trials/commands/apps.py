from django.core.management.base import AppCommand


class Command(AppCommand):
    help = "Looks at applications."
