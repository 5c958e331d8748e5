from warehouse.load import load

__all__ = ["load"]
