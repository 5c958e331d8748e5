import pipelines.utils.db as utils_db


def run(pipelines):
    """Run each of the pipelines."""
    for pipeline in pipelines:
        print(pipeline, utils_db.read())


def tables():
    import pipelines.utils.text

    return pipelines.utils.text.title(pipelines.utils.db.NAME)


def main():
    run(["orders", "customers"])
    print(tables())


if __name__ == "__main__":
    main()
