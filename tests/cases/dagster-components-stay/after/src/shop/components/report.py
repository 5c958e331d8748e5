import dagster as dg


class Report(dg.Component, dg.Model, dg.Resolvable):
    """A report of one table."""

    table: str

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        @dg.asset(name=f"{self.table}_report")
        def report():
            return self.table

        return dg.Definitions(assets=[report])
