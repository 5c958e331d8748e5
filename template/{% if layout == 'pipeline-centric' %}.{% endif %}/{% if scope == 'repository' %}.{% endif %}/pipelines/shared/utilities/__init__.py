"""Python that every pipeline may import."""
