from lib import (
    alpha,  # the first
    beta,  # the second
    gamma,
)


def main():
    print(alpha.A, beta.B, gamma.C)


if __name__ == "__main__":
    main()
