from helper_mod import H

print(H)
