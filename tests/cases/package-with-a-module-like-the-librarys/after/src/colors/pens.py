from abc import ABC, abstractmethod

from .widths import THIN


class Pen(ABC):
    width = THIN

    @abstractmethod
    def draw(self): ...


if __name__ == "__main__":
    from colors.abc import Thick

    print(Thick().draw())
