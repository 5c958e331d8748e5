"""Scripts, task runners, and editors that start them."""
