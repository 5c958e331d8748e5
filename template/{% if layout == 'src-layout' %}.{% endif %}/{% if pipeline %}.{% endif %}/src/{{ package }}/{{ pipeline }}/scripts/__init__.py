"""Commands of this pipeline."""
