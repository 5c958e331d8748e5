"""Assets, a module for each stage: raw, processed, consolidated, dimensional, facts."""
