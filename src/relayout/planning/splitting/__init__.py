"""Which modules are split, and into what: what they are made of, and what belongs together."""

from relayout.planning.splitting.splits import plan_splits

__all__ = ["plan_splits"]
