from app.ml.fraud.settings import RATE, Settings


def main():
    print(Settings().rate, RATE)


if __name__ == "__main__":
    main()
