"""Add words to jieba's dictionary: what is one word is compared as one word.

python examples/custom_dictionary.py
"""

from pathlib import Path

import dedup

WORDS = Path(__file__).with_name("words.txt")
SENTENCE = "老街书店和流动图书车，都沿着盘山路开。"


def main() -> None:
    """Print the tokens without and with the words in words.txt."""
    plain = dedup.Settings()
    own = dedup.Settings(user_dict=str(WORDS))
    print("jieba's words:", " / ".join(dedup.tokens(SENTENCE, plain)))
    print("with our own: ", " / ".join(dedup.tokens(SENTENCE, own)))
    # Other words are other shingles: results of the two settings cannot be mixed.
    print("comparable:   ", plain.fingerprint() == own.fingerprint())


if __name__ == "__main__":
    main()
