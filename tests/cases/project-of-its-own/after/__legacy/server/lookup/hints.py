def hint_for(word: str) -> str:
    return word.upper()
