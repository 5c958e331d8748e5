from lookup.hints import hint_for


def answer(word: str) -> str:
    return hint_for(word)
