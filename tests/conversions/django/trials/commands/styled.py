import io

from django.core.management.base import BaseCommand
from django.core.management.color import color_style, make_style, no_style

ROLES = """
    ERROR SUCCESS WARNING NOTICE SQL_FIELD SQL_COLTYPE SQL_KEYWORD SQL_TABLE HTTP_INFO
    HTTP_SUCCESS HTTP_REDIRECT HTTP_NOT_MODIFIED HTTP_BAD_REQUEST HTTP_NOT_FOUND
    HTTP_SERVER_ERROR MIGRATE_HEADING MIGRATE_LABEL ERROR_OUTPUT
"""


class Command(BaseCommand):
    help = "Writes in all the ways there are."

    def handle(self, *args, **options):
        for role in ROLES.split():
            self.stdout.write(getattr(self.style, role)(role.lower()), ending=" ")
        self.stdout.write("")
        self.stdout.write()
        self.stdout.write("without an end", ending="")
        self.stdout.write("|has its end\n")
        self.stdout.write("warned", self.style.WARNING)
        self.stdout.write("shouted", str.upper, "!\n")
        self.stdout.write("shouted already!", ending="!")
        self.stdout.writelines(["one ", "two\n"])
        print("printed", file=self.stdout)
        self.stdout.flush()
        self.stderr.write("an error")
        self.stderr.write(self.style.NOTICE("a notice"), ending="..")
        self.stderr.style_func = self.style.SUCCESS
        self.stderr.write("all the same a success")
        self.stdout.style_func = self.style.SQL_TABLE
        self.stdout.write("a table")
        self.stdout.style_func = None
        self.stdout.write(f"{self.stdout.isatty()} {isinstance(self.stdout, io.TextIOBase)}")
        self.stdout.write(f"{self.style.SUCCESS(5)}{self.style.SUCCESS(None)}")
        self.stdout.write(make_style("light;error=yellow/blue,bold").ERROR("own style"))
        self.stdout.write(f"{no_style() is no_style()} {color_style() is no_style()}")
        self.stdout.write(str(hasattr(self.style, "NOTHING")))
        self.stdout.write(self.style.NOTHING("no such role"))
