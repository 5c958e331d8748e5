import pipelines.utils.db
from pipelines import utils
import pipelines.utils.text

__all__ = ["utils", "show"]


def show():
    print(pipelines.utils.db.read())
