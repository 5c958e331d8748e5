from django.core.management.base import BaseCommand
from django.core.management.color import no_style


class Command(BaseCommand):
    help = "Shows the colours of the terminal."

    def handle(self, *args, **options):
        for role in ("SUCCESS", "WARNING", "ERROR", "NOTICE", "SQL_FIELD", "HTTP_INFO"):
            self.stdout.write(getattr(self.style, role)(role), ending=" ")
        self.stdout.write()
        self.stdout.write("loud", self.style.ERROR)
        self.stderr.write(no_style().ERROR("plain"))
        print("and printed", file=self.stdout)
