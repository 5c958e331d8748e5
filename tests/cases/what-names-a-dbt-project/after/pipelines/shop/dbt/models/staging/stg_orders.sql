-- ../data/raw is filled by jobs/shop_load.py
select * from read_csv('../../../data/raw/*.csv')
