"""Data of services that git does not hold: the script that moves it where compose mounts it now."""
