"""Rows that are wanted by their id, without moving the others.

A join moves all rows of both sides, and a corpus is mostly texts that are nobody's candidate. So
the ids that are wanted are put into a Bloom filter of one hash (Bloom, CACM 1970), which is copied
to all executors; what it lets through wrongly, the join that follows leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sf

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

#: Bits for each id, and bits of a filter at most, which are 64 MB: one id in twenty passes wrongly
#: where 27 million are wanted, half of them where 370 million are.
BITS_OF_ONE, MOST_BITS = 64, 1 << 29
LEAST_BITS = 1 << 15


def wanted_only(rows: DataFrame, wanted: DataFrame, size: int) -> DataFrame:
    """Return those of ``rows`` whose ``_id`` is in ``wanted``, and few others.

    ``size`` is how many there are in ``wanted`` at most.
    """
    bits = min(MOST_BITS, max(LEAST_BITS, 1 << (size * BITS_OF_ONE).bit_length()))
    place = sf.pmod(sf.xxhash64("_id"), sf.lit(bits))
    within = sf.bitmap_bit_position(place)
    bitmaps = wanted.groupBy(sf.bitmap_bucket_number(place).alias("_bucket")).agg(
        sf.bitmap_construct_agg(within).alias("_bits")
    )
    placed = rows.withColumn("_bucket", sf.bitmap_bucket_number(place))
    passed = placed.join(sf.broadcast(bitmaps), "_bucket").where(_bit("_bits", within) == 1)
    return passed.select(*rows.columns)


def _bit(bitmap: str, position: Column) -> Column:
    byte = sf.substring(bitmap, (sf.shiftright(position, 3) + 1).cast("int"), sf.lit(1))
    value = sf.conv(sf.hex(byte), 16, 10).cast("int")
    return sf.getbit(value, position.bitwiseAND(7).cast("int"))
