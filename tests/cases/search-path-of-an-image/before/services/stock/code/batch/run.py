import settings
from clock import now

print(settings.NAME, now())
