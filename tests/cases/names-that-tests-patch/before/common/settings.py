LIMITS = {"rows": 2}
