{#- 1 for the newest row of each key, 2 for the one before, and so on. -#}
{% macro version_rank(key, newest_by) -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by {% for column in newest_by %}{{ column }} desc{{ ', ' if not loop.last }}{% endfor %}
    )
{%- endmacro %}
