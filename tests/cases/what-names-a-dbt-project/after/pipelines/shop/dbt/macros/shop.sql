{% macro shop() %}shop{% endmacro %}
