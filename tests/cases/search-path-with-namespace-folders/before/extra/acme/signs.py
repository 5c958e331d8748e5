from acme.names import N

S = N + 1
