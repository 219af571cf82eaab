"""Deduplicate a Hugging Face dataset: select the rows that stay.

python examples/huggingface_dataset.py
"""

import numpy as np
from datasets import Dataset

import dedup

ROWS = [
    {"id": 1, "content": "今年春天，市里在河边种了三千棵柳树，又修了一条两公里长的步道。"},
    {"id": 2, "content": "秋收过后，村里的晒谷场改成了篮球场，晚上总有人在打球。"},
    {"id": 3, "content": "今年春天，市里在河边种了三千棵柳树，又修了一条两公里长的步道！"},
]


def main() -> None:
    """Keep the first of equal rows; columns that are not read are not decoded."""
    dataset = Dataset.from_list(ROWS)
    result = dedup.scan(dataset, text_field="content", keep="first")

    clean = dataset.select(np.flatnonzero(result.mask()))
    for pair in result.pairs:
        print(f"rows {pair.a} and {pair.b}: {pair.relation}")
    print(f"{len(clean)} of {len(dataset)} rows stay:", *clean["id"])


if __name__ == "__main__":
    main()
