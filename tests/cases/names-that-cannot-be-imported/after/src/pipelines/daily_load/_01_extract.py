from pipelines.daily_load.helper_mod import H

print(H)
