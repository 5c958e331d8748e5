def main():
    print("loads")


if __name__ == "__main__":
    main()
