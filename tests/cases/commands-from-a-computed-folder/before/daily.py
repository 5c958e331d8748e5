"""The nightly run."""

import os
import subprocess

here = os.path.dirname(os.path.abspath(__file__))
command = f"spark-submit --jars {here}/drivers/postgresql.jar {here}/jobs/weather.py"


def main():
    subprocess.run(command, shell=True, check=True)


if __name__ == "__main__":
    main()
