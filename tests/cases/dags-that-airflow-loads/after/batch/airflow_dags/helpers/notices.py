from helpers.words import DONE


def notice(rows: int) -> str:
    return f"{DONE}: {rows}"
