folder = "jobs/orders"
