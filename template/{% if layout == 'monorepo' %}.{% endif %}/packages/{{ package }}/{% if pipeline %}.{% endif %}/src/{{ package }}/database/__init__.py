"""What jobs remember between runs."""
