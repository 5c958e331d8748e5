from abc import ABC, abstractmethod


class Brush(ABC):
    @abstractmethod
    def paint(self): ...


if __name__ == "__main__":
    print(Brush.__abstractmethods__)
