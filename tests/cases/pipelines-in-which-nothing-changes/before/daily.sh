set -e
python -m loads.daily "$@"
