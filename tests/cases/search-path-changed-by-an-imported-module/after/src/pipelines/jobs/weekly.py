from pipelines.jobs.bootstrap import use_library

use_library()

from pipelines.utils.names import NAME

if __name__ == "__main__":
    print(NAME)
