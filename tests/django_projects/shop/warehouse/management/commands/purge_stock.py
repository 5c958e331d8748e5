import sys

from django.core.management.base import BaseCommand, CommandError


class NotSure(CommandError):
    pass


class Command(BaseCommand):
    help = "Purges old stock."
    missing_args_message = "Say at least --older-than."

    def add_arguments(self, parser):
        parser.add_argument("--older-than", type=int, required=True)
        parser.add_argument("--yes", "--noinput", action="store_true", dest="sure")

    def handle(self, *args, older_than, sure, **options):
        if older_than < 1:
            raise CommandError("too young", returncode=older_than * -1)
        if not sure:
            raise NotSure("say --yes if you mean it", returncode=17)
        if older_than > 1000:
            sys.exit("so old that there is nothing")
        if older_than == 13:
            raise ZeroDivisionError("an unlucky number")
        self.stdout.write(self.style.NOTICE("purged"), ending="!\n")
        return f"{older_than} days"
