from django.core.management.color import color_style


class Table:
    """Writes rows, one below the other."""

    def __init__(self, stdout, style=None):
        self.stdout = stdout
        self.style = style or color_style()

    def write(self, rows):
        for name, pieces in rows:
            colour = self.style.WARNING if pieces < 2 else self.style.HTTP_INFO
            self.stdout.write(f"{name:<8}", ending="")
            self.stdout.write(str(pieces), colour, ending="\n" if pieces else " (none)\n")
