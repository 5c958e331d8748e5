select customer, sum(quantity) from orders group by customer order by customer
