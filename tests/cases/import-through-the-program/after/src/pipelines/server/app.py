from pipelines.server.api import admin_api

print(admin_api.people.P)
