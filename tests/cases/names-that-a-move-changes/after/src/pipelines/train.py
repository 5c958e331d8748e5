import pickle
from importlib import resources

from pipelines.utils import registry, text
from pipelines.ml.models import Model, fit
from pipelines.web.pages import page


class Summary:
    pass


def main():
    print(__name__, text.LABEL, page.title)
    stored = pickle.dumps(fit(Model()))
    print(pickle.loads(stored).slope, registry.names())
    print(len(pickle.dumps(Summary())) > 0, resources.files("pipelines.utils").joinpath("text.py").is_file())


if __name__ == "__main__":
    main()
