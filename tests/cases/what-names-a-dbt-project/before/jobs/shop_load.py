import subprocess
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "dbt_shop" / "seeds"
RUNS = {"project_dir": "dbt_shop", "name": "dbt_shop"}


def main():
    for seed in sorted(SEEDS.glob("*.csv")):
        print(seed.name)
    subprocess.run(["dbt", "run", "--project-dir", "dbt_shop", "--select", "dbt_shop"], check=True)
    subprocess.run("cd dbt_shop && dbt test", shell=True, check=True)
    print(open("dbt_shop/target/run_results.json").read())


if __name__ == "__main__":
    main()
