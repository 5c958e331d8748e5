import pickle
from importlib import resources

from lib import registry, text
from ml.models import Model, fit
from web.pages import page


class Summary:
    pass


def main():
    print(__name__, text.LABEL, page.title)
    stored = pickle.dumps(fit(Model()))
    print(pickle.loads(stored).slope, registry.names())
    print(len(pickle.dumps(Summary())) > 0, resources.files("lib").joinpath("text.py").is_file())


if __name__ == "__main__":
    main()
