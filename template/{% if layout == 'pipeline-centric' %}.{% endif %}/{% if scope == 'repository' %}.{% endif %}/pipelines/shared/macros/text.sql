{#- The text of a column without blanks around it; null if nothing is left. -#}
{% macro clean_text(column) -%}
    nullif(trim({{ column }}), '')
{%- endmacro %}

{#- An amount of money from text. What is no number stops the run. -#}
{% macro as_amount(column) -%}
    cast({{ shared.clean_text(column) }} as decimal(18, 2))
{%- endmacro %}
