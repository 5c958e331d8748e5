import subprocess
import sys

subprocess.run([sys.executable, "src/pipelines/analytics/scores.py"], check=True)
