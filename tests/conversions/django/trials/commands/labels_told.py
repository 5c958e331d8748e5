from django.core.management.base import LabelCommand


class Command(LabelCommand):
    missing_args_message = "Say at least what."
