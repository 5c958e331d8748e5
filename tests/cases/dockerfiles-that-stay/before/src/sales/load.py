def main():
    """Load everything."""
    print("loaded")


if __name__ == "__main__":
    main()
