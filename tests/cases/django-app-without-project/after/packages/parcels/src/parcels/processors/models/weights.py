def in_kilograms(grams):
    return f"{grams / 1000:.3f} kg"
