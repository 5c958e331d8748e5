{#- The sum of a column is that of the same column elsewhere: on the way, nothing was lost or counted twice. -#}
{% test same_total(model, column_name, compare_model) %}
with
    totals as (
        select
            (select coalesce(sum({{ column_name }}), 0) from {{ model }}) as here,
            (select coalesce(sum({{ column_name }}), 0) from {{ compare_model }}) as there
    )
select here, there
from totals
where here <> there
{% endtest %}
