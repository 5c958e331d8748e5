from delta.tables import DeltaTable


def merge(table):
    return DeltaTable.forName(table)
