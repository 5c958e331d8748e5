"""Functions that a package uses in place of Django's, with the behaviour that Django documents."""
