collect_ignore = ["setup.py", "noxfile.py"]
