QUERY = "select * from fct_lots"


def rows() -> list[str]:
    return [QUERY]
