select {{ money.cents('price') }} as cents from {{ ref('stg_orders') }}
