from batch_enrichment.api import rows


def main():
    print(sum(rows()))


if __name__ == "__main__":
    main()
