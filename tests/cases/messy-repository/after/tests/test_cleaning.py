from pipelines.order_sync.cleaning import clean_order


def test_an_order_without_a_customer_is_rejected():
    assert clean_order({"customer": "", "quantity": "1"}) is None


def test_the_quantity_becomes_a_number():
    assert clean_order({"customer": "Acme", "quantity": "3"})["quantity"] == 3
