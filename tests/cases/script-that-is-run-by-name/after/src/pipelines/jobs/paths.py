DATA = "jobs"
