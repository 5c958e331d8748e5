select 0
