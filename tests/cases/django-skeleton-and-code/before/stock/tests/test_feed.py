from stock.feed import read


def test_skus_are_tidy(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text("sku;amount\n a1 ;3\n")
    assert list(read(feed)) == [("A1", "3")]
