import pickle
import sys


class Model:
    slope = 0


def fit(model):
    model.slope = 2
    return model


def copy(model):
    return pickle.loads(pickle.dumps(model))


HERE = sys.modules[__name__]
