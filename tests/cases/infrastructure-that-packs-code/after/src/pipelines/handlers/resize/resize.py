"""Resize a picture."""


def handle(event, context):
    return event


def main():
    print(handle("picture", None))


if __name__ == "__main__":
    main()
