select * from fct_lots
