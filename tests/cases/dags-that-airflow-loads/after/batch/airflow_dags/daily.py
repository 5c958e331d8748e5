from helpers.notices import notice
from pipelines.jobs.load import load


def run():
    print(notice(load()))


run()
