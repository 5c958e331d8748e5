set -e
python -m pipelines.loads.daily "$@"
