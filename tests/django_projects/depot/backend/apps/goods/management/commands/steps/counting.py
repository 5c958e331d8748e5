def counted(names):
    return dict(enumerate(names))
