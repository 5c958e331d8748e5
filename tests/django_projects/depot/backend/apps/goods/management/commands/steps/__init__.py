from .counting import counted

__all__ = ["counted"]
