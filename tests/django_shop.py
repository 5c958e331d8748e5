"""The project ``django_projects/shop``: the feeds that it reads, and the command lines tried."""

from __future__ import annotations

FEEDS = {
    "may.csv": "number,day,amount\nA1,2024-05-01,3.50\nA2,2024-05-01,4.25\nA3,2024-05-02,10\n",
    "june.csv": "number,day,amount\nB1,2024-06-01,1.005\n",
    "empty.csv": "number,day,amount\n",
    "wrong.csv": "number,day,amount\nC1,2024-07-01,a lot\n",
    "short.csv": "number,day\nD1,2024-08-01\n",
}

_LINES = """
load_orders
load_orders --help
load_orders may.csv
load_orders may.csv june.csv -v 2
load_orders may.csv -v 0
load_orders may.csv -v 7
load_orders absent.csv
load_orders wrong.csv
load_orders may.csv wrong.csv --traceback
load_orders short.csv --columns number day
load_orders may.csv --columns
load_orders may.csv --currency JPY --dry-run
load_orders may.csv --currency GBP
load_orders june.csv --currency USD --fast
load_orders may.csv --skip A1 --skip A2
load_orders may.csv --skip
load_orders may.csv -b 1
load_orders may.csv --batch 2
load_orders may.csv --batch-size many
load_orders may.csv --between 1 2
load_orders may.csv --between 1
load_orders may.csv --between 1 x
load_orders may.csv --force-color --between 1 2
load_orders may.csv --no-color
load_orders may.csv --no-color --force-color
load_orders may.csv --d tomorrow
load_orders may.csv --unknown
load_late_orders --help
load_late_orders may.csv
load_late_orders may.csv --days 3 --fast
load_late_orders may.csv --days 4
load_late_orders absent.csv --days 2
check_feeds
check_feeds --help
check_feeds may.csv june.csv
check_feeds empty.csv
check_feeds may.csv wrong.csv
check_feeds may.csv wrong.csv --strict
check_feeds wrong.csv --strict --traceback
check_feeds --strict
order_table
order_table --help
order_table make
order_table make --help
order_table make -c number -c day
order_table make -c number --column number
order_table make -c number --force-color
order_table --force-color make -c number
order_table --schema shop drop
order_table drop a b --cascade
order_table drop --cascade --restrict
order_table drop --help
order_table lose
nightly
nightly --help
nightly may.csv
nightly may.csv june.csv --day 2024-05-01 -v 2
nightly may.csv wrong.csv
nightly may.csv wrong.csv --keep-going
nightly may.csv --keep
close_day
close_day --help
close_day --traceback
export_stock
export_stock --help
export_stock --keys a.csv b.csv -n
export_stock --keys a.csv --dry-run --bucket other --no-compress --tag --tag
export_stock --keys a.csv --dry --from stock
export_stock --keys
export_stock --bucket other
purge_stock
purge_stock --help
purge_stock --older-than
purge_stock --older-than 30
purge_stock --older-than 30 --yes
purge_stock --older-than 30 --noinput --no-color
purge_stock --older-than=-3
purge_stock --older-than 0
purge_stock --older-than 1001 --yes
purge_stock --older-than 13 --yes
purge_stock --older-than 13 --yes --traceback
purge_stock --yes
reload_orders
reload_orders --help
reload_orders may.csv -v 2
reload_orders wrong.csv
stock_report
stock_report --help
stock_report shoes --pieces 1
stock_report shoes hats gloves --pieces 0
stock_report shoes --pieces=-1 --no-color
stock_report --as total
stock_report --as heap
stock_report --force-color
stock_report --rows 1
compare_stock
compare_stock --help
compare_stock 1 2
compare_stock 1 two
compare_stock 3 0 --force-color
compare_stock 3 -1 --traceback
show_colours
show_colours --force-color
show_colours --no-color
shop_settings
shop_settings --help
shop_settings extra
"""

RUNS = tuple(tuple(line.split()) for line in _LINES.strip().splitlines())
