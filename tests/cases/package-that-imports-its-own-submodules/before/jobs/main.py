from raw import bonus, plain

if __name__ == "__main__":
    print(bonus.B, plain)
