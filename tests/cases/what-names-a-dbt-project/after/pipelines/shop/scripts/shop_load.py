import subprocess
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[1] / "dbt/seeds"
RUNS = {"project_dir": "pipelines/shop/dbt", "name": "dbt_shop"}


def main():
    for seed in sorted(SEEDS.glob("*.csv")):
        print(seed.name)
    subprocess.run(["dbt", "run", "--project-dir", "pipelines/shop/dbt", "--select", "dbt_shop"], check=True)
    subprocess.run("cd pipelines/shop/dbt && dbt test", shell=True, check=True)
    print(open("pipelines/shop/dbt/target/run_results.json").read())


if __name__ == "__main__":
    main()
