import os


def main():
    print(open("sql/a.sql").read())
    print(open("settings.ini").read())
    print(os.listdir("pages"), open("src/pipelines/orders/pages/a.html").read())
    print(open("notes.txt").read())


if __name__ == "__main__":
    main()
