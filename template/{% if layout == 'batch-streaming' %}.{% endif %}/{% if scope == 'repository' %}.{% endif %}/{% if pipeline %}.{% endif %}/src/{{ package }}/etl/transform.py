"""Transform: from a row as it came to a sale, or to the reason why it is none.

Functions from data frame to data frame: no files, no session, no configuration. Values are cast with
`try_cast`, since with ANSI on a cast that fails would end the job; what does not pass has a reason.
"""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

SALE = (
    "sale_id",
    "sold_at",
    "sold_on",
    "store",
    "product",
    "quantity",
    "unit_price_cents",
    "amount_cents",
    "updated_at",
    "source",
    "ingested_at",
)
REJECT = ("reason", "value", "source", "ingested_at", "load_date")

_NUMBER = r"^[0-9]{1,6}$"
_AMOUNT = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"
_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$"
_TEXT = ("sale_id", "sold_at", "store", "product", "quantity", "unit_price", "updated_at")
_CORRUPT = "_corrupt"
_AS_TEXT = StructType([StructField(name, StringType()) for name in (*_TEXT, _CORRUPT)])


def parse(rows: DataFrame) -> DataFrame:
    """Return raw rows with the columns of a sale, and with `reason`: null if it is one.

    Rows have `value` (a JSON object as text), `problem`, `source`, `ingested_at` and `load_date`.
    """
    fields = F.from_json("value", _AS_TEXT, {"columnNameOfCorruptRecord": _CORRUPT})
    is_object = F.col("value").startswith("{") & fields[_CORRUPT].isNull()
    text = rows.select(
        "*",
        is_object.alias("_is_object"),
        *(F.trim(fields[name]).alias(f"_{name}") for name in _TEXT),
    )
    typed = text.withColumns(
        {
            "sale_id": F.col("_sale_id"),
            "sold_at": _time("_sold_at"),
            "store": F.lower("_store"),
            "product": F.upper("_product"),
            "quantity": _matching("_quantity", _NUMBER).try_cast("int"),
            "unit_price_cents": _cents("_unit_price"),
            "updated_at": _time("_updated_at"),
        }
    )
    sales = typed.withColumns(
        {
            "sold_on": F.to_date("sold_at"),
            "amount_cents": F.col("quantity") * F.col("unit_price_cents"),
            "reason": F.coalesce(F.col("problem"), *_reasons()),
        }
    )
    return sales.select(*SALE, "reason", "value", "load_date")


def accepted(parsed: DataFrame) -> DataFrame:
    """Return the rows that are sales; a sale may be there in several versions."""
    return parsed.where(F.col("reason").isNull()).drop("reason", "value")


def rejected(parsed: DataFrame) -> DataFrame:
    """Return the rows that are none, as they came, with the reason."""
    return parsed.where(F.col("reason").isNotNull()).select(*REJECT)


def latest(sales: DataFrame) -> DataFrame:
    """Return each sale once: its latest version, by when it was updated.

    Of versions of the same time the one that came in last wins, and then the source decides, so the
    result does not depend on the order in which rows are read.
    """
    newest = Window.partitionBy("sale_id").orderBy(
        F.desc("updated_at"), F.desc("ingested_at"), F.desc("source")
    )
    return (
        sales.withColumn("_version", F.row_number().over(newest))
        .where(F.col("_version") == 1)
        .select(*SALE)
    )


def days_touched(sales: DataFrame, touched: Column) -> DataFrame:
    """Return the days (`sold_on`) of all versions of those sales that have a touched row.

    A new version may move a sale to another day: then both days are rebuilt.
    """
    keys = sales.where(touched).select("sale_id").distinct()
    return sales.join(keys, "sale_id", "left_semi").select("sold_on").distinct()


def _reasons() -> list[Column]:
    """Return, for each rule, its reason where a row breaks it, and null where it does not."""

    def broken(rule: Column, reason: str) -> Column:
        return F.when(~F.coalesce(rule, F.lit(False)), F.lit(reason))

    def is_text(name: str) -> Column:
        return F.length(name).between(1, 64) & ~F.col(name).rlike(r"\p{Cntrl}")

    return [
        broken(F.col("_is_object"), "the row is not a JSON object"),
        broken(
            F.col("_sale_id").rlike("^[A-Z0-9-]{1,32}$"), "sale_id is not capitals, digits, dashes"
        ),
        broken(F.col("sold_at").isNotNull(), "sold_at is not a time such as 2026-07-31T09:30:00Z"),
        broken(is_text("store"), "store is not a text of 1 to 64 characters"),
        broken(is_text("product"), "product is not a text of 1 to 64 characters"),
        broken(F.col("quantity") > 0, "quantity is not a whole number from 1 to 999999"),
        broken(F.col("unit_price_cents").isNotNull(), "unit_price is not an amount such as 12.50"),
        broken(
            F.col("updated_at").isNotNull(), "updated_at is not a time such as 2026-07-31T09:30:00Z"
        ),
    ]


def _matching(name: str, pattern: str) -> Column:
    return F.when(F.col(name).rlike(pattern), F.col(name))


def _time(name: str) -> Column:
    return _matching(name, _TIME).try_cast("timestamp")


def _cents(name: str) -> Column:
    """Return money in cents: a whole number is exact on every database."""
    return (_matching(name, _AMOUNT).try_cast("decimal(11, 2)") * 100).try_cast("bigint")
