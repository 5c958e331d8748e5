from pipelines.report import more
from pipelines.report.tools import *


def main():
    show()
    print(utils.text.title("done"), more.shout("now"), more.utils.VERSION)


if __name__ == "__main__":
    main()
