import plugin

print(plugin)
