pytest_plugins = ["common_fixtures"]
