def clean(name: str) -> str:
    return name.lower()
