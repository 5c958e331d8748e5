from acme import names, signs
import acme.signs as more

print(names.N, signs.S, more.S)
