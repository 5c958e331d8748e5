insert into orders (order_id, customer, quantity) values (:order_id, :customer, :quantity)
on conflict (order_id) do update set customer = excluded.customer, quantity = excluded.quantity
