from django.core.management.base import CommandError, LabelCommand


class Command(LabelCommand):
    help = "Loads each file."
    label = "file"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--upper", action="store_true")

    def handle_label(self, label, **options):
        if label == "bad":
            raise CommandError("a bad file", returncode=7)
        if label == "quiet":
            return None
        return label.upper() if options["upper"] else f"{label} v{options['verbosity']}"
