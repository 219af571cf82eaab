"""Deduplicate a polars frame: filter it by the mask of what stays.

python examples/polars_frame.py
"""

import polars as pl

import dedup

TEXTS = {
    "a1": "今年春天，市里在河边种了三千棵柳树，又修了一条两公里长的步道。",
    "b7": "今年春天,市里在河边种了三千棵柳树,又修了一条两公里长的步道。",
    "c4": "秋收过后，村里的晒谷场改成了篮球场，晚上总有人在打球。",
    "d2": None,
}


def main() -> None:
    """Keep the copy with the highest score."""
    frame = pl.DataFrame({"id": TEXTS.keys(), "text": TEXTS.values(), "score": [0.2, 0.9, 0.5, 0]})
    result = dedup.scan(frame, text_field="text", id_field="id", keep_by="score")

    for cluster in result.clusters:
        print(f"{cluster.keep} stays: {cluster.reason}")
    for skipped in result.skipped:
        print(f"{skipped.id} was not compared: {skipped.detail}")
    print("ids that stay:", *frame.filter(result.mask())["id"])


if __name__ == "__main__":
    main()
