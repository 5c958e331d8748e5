-- Records by day and category.
select
    cast(recorded_at as date) as recorded_on,
    category,
    cast(count(*) as integer) as records,
    cast(sum(amount) as decimal(18, 2)) as amount
from {{ ref('stg_@{pipeline}@__records') }}
group by 1, 2
