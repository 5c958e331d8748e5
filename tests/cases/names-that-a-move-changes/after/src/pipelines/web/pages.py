from pipelines.utils.rows import save


class Page:
    def __init__(self, name):
        self.title = name.rpartition(".")[2]


page = Page(__name__)
save([])
