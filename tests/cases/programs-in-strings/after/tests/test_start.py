import subprocess
import sys

from sales.prices import VAT

PROGRAM = """\
import json
from shop import prices

print(json.dumps(prices.VAT))
"""
QUESTION = "from shop to shop, or import shop goods?"


def test_program():
    done = subprocess.run([sys.executable, "-"], input=PROGRAM, capture_output=True, text=True)
    assert float(done.stdout) == VAT


def test_start():
    subprocess.run([sys.executable, "-c", "import sys; import shop.prices"], check=True)


def test_module(tmp_path, monkeypatch):
    """Write a module, and import it.

    import shop is what it does.
    """
    (tmp_path / "discounts.py").write_text("import shop.prices\n\nRATE = shop.prices.VAT / 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    import discounts

    assert discounts.RATE == VAT / 2
