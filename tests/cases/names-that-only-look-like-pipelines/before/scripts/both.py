import subprocess

for folder in ("dbt/web_shop", "dbt/web_orders"):
    subprocess.run(["dbt", "test"], cwd=folder, check=True)
