GROUP = "sales"
