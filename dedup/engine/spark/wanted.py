"""Rows that are wanted by number or id, without moving the others.

A join moves all rows of both sides, and a corpus is mostly documents that are nobody's candidate.
So what is wanted is put into bits, which are copied to all executors: for numbers one each, and
for ids, or more numbers than there are bits, a Bloom filter of one hash (Bloom, CACM 1970). What
it lets through wrongly, the join that follows leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame

#: Bits for each id, and bits at most, which are 64 MB: one id in twenty passes wrongly where 27
#: million are wanted, half of them where 370 million are.
BITS_OF_ONE, MOST_BITS = 64, 1 << 29
#: Bits that Spark puts into one row.
_OF_ROW = 1 << 15


class Wanted:
    """Lets rows through that are wanted; ``cut`` computes a frame, so that no join waits for it."""

    def __init__(self, cut: Callable[[DataFrame], DataFrame]) -> None:
        self._cut = cut

    def numbers(self, rows: DataFrame, wanted: DataFrame, documents: int) -> DataFrame:
        """Return those of ``rows`` whose ``number`` is in ``wanted``; all are below ``documents``.

        Where there are more documents than bits, few others are among them.
        """
        bits = min(MOST_BITS, max(_OF_ROW, documents))
        return self._only(rows, wanted, sf.pmod("number", sf.lit(bits)))

    def ids(self, rows: DataFrame, wanted: DataFrame, size: int) -> DataFrame:
        """Return those of ``rows`` whose ``_id`` is in ``wanted``, and few others.

        ``size`` is how many are wanted at most.
        """
        bits = min(MOST_BITS, max(_OF_ROW, 1 << (size * BITS_OF_ONE).bit_length()))
        return self._only(rows, wanted, sf.pmod(sf.xxhash64("_id"), sf.lit(bits)))

    def _only(self, rows: DataFrame, wanted: DataFrame, place: Column) -> DataFrame:
        bucket = sf.bitmap_bucket_number(place).alias("_bucket")
        within = sf.bitmap_bit_position(place)
        made = wanted.groupBy(bucket).agg(sf.bitmap_construct_agg(within).alias("_bits"))
        bitmaps = sf.broadcast(self._cut(made))
        passed = rows.withColumn("_bucket", bucket).join(bitmaps, "_bucket")
        return passed.where(_bit("_bits", within) == 1).select(*rows.columns)


def _bit(bitmap: str, position: Column) -> Column:
    byte = sf.substring(bitmap, (sf.shiftright(position, 3) + 1).cast("int"), sf.lit(1))
    value = sf.conv(sf.hex(byte), 16, 10).cast("int")
    return sf.getbit(value, position.bitwiseAND(7).cast("int"))
