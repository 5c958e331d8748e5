"""Writes the invoices."""

from pathlib import Path

from billing_jobs.prices import price

ARTICLES = Path(__file__).parent / "articles.txt"


def main():
    for article in ARTICLES.read_text().split():
        print(article, price(article))


if __name__ == "__main__":
    main()
