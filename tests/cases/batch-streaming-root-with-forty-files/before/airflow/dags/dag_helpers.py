default_args = {"owner": "data", "retries": 1}
