{#- The time of the statement, in UTC and without a zone: as all timestamps of the platform are. -#}
{% macro utc_now() -%}
    cast(current_timestamp at time zone 'UTC' as timestamp)
{%- endmacro %}
