def clean_order(row):
    """Return the order, or None if it makes no sense."""
    if not row["customer"] or not row["quantity"].isdigit():
        return None
    return {**row, "quantity": int(row["quantity"])}
