from app.settings import NAME
import helpers

print(NAME, helpers.SIGN)
