"""Compare two texts in memory: whether they are the same, and what differs.

python examples/compare_two_texts.py
"""

import dedup

DRAFT = """图书馆自五月一日起延长开放时间，周一至周五开放到晚上九点，周末开放到下午六点。
读者凭借书证入馆，不收取任何费用。外地读者可以在服务台办理临时证件。"""

PUBLISHED = """圖書館自五月一日起延長開放時間，週一至週五開放到晚上十點，週末開放到下午六點。
讀者憑借書證入館，不收取任何費用。外地讀者可以在服務台辦理臨時證件。"""


def main() -> None:
    """Print the relation, the numbers behind it, and every difference by weight."""
    comparison = dedup.compare(DRAFT, PUBLISHED)
    print(f"relation: {comparison.relation}")
    print(f"similarity: {comparison.similarity:.3f} (threshold {comparison.threshold})")

    evidence = comparison.evidence
    print(f"shingles: {evidence.shared} shared, {evidence.only_a} + {evidence.only_b} not")
    for change in comparison.changes:
        shown = f": {change.a} → {change.b}" if change.a or change.b else ""
        print(f"{change.weight} / {change.kind} ({change.count}){shown}")


if __name__ == "__main__":
    main()
