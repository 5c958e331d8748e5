"""Tables that SQL names."""

from __future__ import annotations

import pytest

from relayout.inventory.sql_tables import is_sql, tables_in


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("select * from orders", {("orders",)}),
        (
            "SELECT a FROM marts.Fct_Orders o JOIN x ON o.id = x.id",
            {("marts", "fct_orders"), ("x",)},
        ),
        ("select * from a, b as c, d e", {("a",), ("b",), ("d",)}),
        ('select * from "Raw"."Orders"', {("raw", "orders")}),
        ("select * from `p.raw.orders`", {("p", "raw", "orders")}),
        ("select * from [raw].[orders]", {("raw", "orders")}),
        ("select * from {schema}.orders", {("", "orders")}),
        ("select * from raw_{env}.orders", {("", "orders")}),
        ("select * from orders_{day}", set()),
        ("insert into orders (id) values (1)", {("orders",)}),
        ("create table if not exists raw.orders (id int)", {("raw", "orders")}),
        ("create or replace table orders as select * from raw", {("orders",), ("raw",)}),
        ("delete from orders", {("orders",)}),
        ("update orders set a = 1", {("orders",)}),
        ("merge into a using b on a.id = b.id", {("a",), ("b",)}),
        ("with c as (select * from raw) select * from c", {("raw",)}),
        ("with c as materialized (select 1) select * from c join d using (id)", {("d",)}),
        ("select extract(year from ordered_at) from orders", {("orders",)}),
        ("select * from a where x is distinct from y", {("a",)}),
        ("select * from generate_series(1, 2)", set()),
        ("select * from (select * from inner_one) t", {("inner_one",)}),
        ("select 'from quoted' from a -- from comment\n/* join b */", {("a",)}),
        ("select * from {{ ref('fct_orders') }}", {("fct_orders",)}),
        ("select * from {{ ref('shop', 'fct_orders') }}", {("fct_orders",)}),
        ("select * from {{ source('shop', 'raw_orders') }} s", {("shop", "raw_orders")}),
        ("select 1", set()),
        ("select from", set()),
        ("", set()),
    ],
)
def test_the_tables_of_a_statement(sql: str, tables: set[tuple[str, ...]]) -> None:
    assert tables_in(sql) == tables


@pytest.mark.parametrize(
    "text",
    ["select * from a", "  -- why\n(select 1 from a)", "WITH x AS (SELECT 1) SELECT 2 FROM x"],
)
def test_what_is_sql(text: str) -> None:
    assert is_sql(text)


@pytest.mark.parametrize(
    "text", ["", "from orders", "reads from orders", "Select a file", "Update"]
)
def test_what_is_no_sql(text: str) -> None:
    assert not is_sql(text)


@pytest.mark.parametrize(
    "piece",
    ["from a,", "'", "/*", '"a', "{", "{{", "{%", "extract(", "ref(", "a.", "as ", "with a as ("],
)
def test_hostile_text_is_read_in_one_pass(piece: str) -> None:
    text = "select " + piece * (290_000 // len(piece))
    tables_in(text)
    assert not tables_in(text * 2)
