import subprocess

for folder in ("pipelines/web_shop/dbt", "pipelines/web_orders/dbt"):
    subprocess.run(["dbt", "test"], cwd=folder, check=True)
