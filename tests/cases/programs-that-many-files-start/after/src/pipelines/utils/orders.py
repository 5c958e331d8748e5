def clean(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]
