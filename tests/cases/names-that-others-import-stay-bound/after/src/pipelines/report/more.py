import pipelines.utils.text
from pipelines import utils as utils


def shout(text):
    return pipelines.utils.text.title(text) + "!"
