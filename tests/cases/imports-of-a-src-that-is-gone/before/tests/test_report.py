import numpy.src.thing
from src.audit.config import rate
import src.audit.config as config
from src.audit.config import gone
from src.elsewhere import other


def test_rate():
    assert rate() == config.rate()
