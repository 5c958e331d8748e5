from pipelines.core import engine

print(engine.run())
