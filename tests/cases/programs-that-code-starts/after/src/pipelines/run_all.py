import subprocess
import sys

subprocess.run([sys.executable, "analytics/scores.py"], check=True)
