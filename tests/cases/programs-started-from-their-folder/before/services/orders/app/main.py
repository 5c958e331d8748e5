from app.settings import NAME

print(NAME)
