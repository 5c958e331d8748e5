import utils.db


def run(pipelines):
    """Run each of the pipelines."""
    for pipeline in pipelines:
        print(pipeline, utils.db.read())


def tables():
    import utils.text

    return utils.text.title(utils.db.NAME)


def main():
    run(["orders", "customers"])
    print(tables())


if __name__ == "__main__":
    main()
