"""The commands, one module each. They read options, run a job, and return its exit status."""
