"""Deduplicate records that are not files: hand over (id, text) pairs, keep what stays.

python examples/records.py
"""

import json

import dedup

RECORDS = """\
{"id": "a1", "text": "今年春天，市里在河边种了三千棵柳树，又修了一条两公里长的步道。"}
{"id": "b7", "text": "今年春天,市里在河边种了三千棵柳树,又修了一条两公里长的步道。"}
{"id": "c4", "text": "秋收过后，村里的晒谷场改成了篮球场，晚上总有人在打球。"}
"""


def main() -> None:
    """Write the records that stay as JSON Lines."""
    records = [json.loads(line) for line in RECORDS.splitlines()]
    result = dedup.scan((record["id"], record["text"]) for record in records)

    for cluster in result.clusters:
        for pair in cluster.drop:
            print(f"# {pair.a} is {pair.relation} as {pair.b}")
    stay = set(result.kept)
    for record in records:
        if record["id"] in stay:
            print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
