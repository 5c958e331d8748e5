import requests


def main():
    print(requests.get("https://example.org/rates", timeout=30).text)


if __name__ == "__main__":
    main()
