print("settings are fine")
