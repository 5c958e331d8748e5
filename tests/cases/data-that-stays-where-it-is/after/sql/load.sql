-- read by hand
copy orders from 'data/seeds/orders.csv' with (format csv);
