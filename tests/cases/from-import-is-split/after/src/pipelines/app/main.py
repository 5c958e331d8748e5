from pipelines.utils import (
    alpha,  # the first
    gamma,
)
from pipelines.second import beta  # the second


def main():
    print(alpha.A, beta.B, gamma.C)


if __name__ == "__main__":
    main()
