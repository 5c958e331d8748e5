from parcels.support.commands import BaseCommand, CommandError

from parcels.models import Parcel, in_kilograms


class Command(BaseCommand):
    help = "Stores parcels, each given as LABEL=GRAMS."

    def add_arguments(self, parser):
        parser.add_argument("parcels", nargs="*")

    def handle(self, *args, **options):
        if not options["parcels"]:
            raise CommandError("There is nothing to import.")
        for parcel in options["parcels"]:
            label, _, grams = parcel.partition("=")
            Parcel.objects.create(label=label, grams=int(grams))
            self.stdout.write(f"{label}: {in_kilograms(int(grams))}")


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
