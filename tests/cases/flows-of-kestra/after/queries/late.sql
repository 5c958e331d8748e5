select * from orders where late
