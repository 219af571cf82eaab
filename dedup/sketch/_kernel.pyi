from typing import Any, Self, TypeAlias, final

from numpy.typing import NDArray
from typing_extensions import Buffer

# Python 3.11 does not know that arrays are buffers.
_Array: TypeAlias = Buffer | NDArray[Any]

FOLD_TABLE: str

@final
class Memory(Buffer): ...

class Dictionary:
    def __new__(cls, memory: Buffer) -> Self: ...

def sketch(
    texts: tuple[_Array, _Array, _Array, _Array],
    dictionary: Dictionary | None,
    permutations: tuple[_Array, _Array],
    ngram: int,
    results: tuple[_Array, ...],
    /,
) -> Memory: ...
def compile_dictionary(
    words: _Array, weights: _Array, weight_of: _Array, unknown: float, /
) -> Memory: ...
def glance(
    buffer: _Array, offsets: _Array, rules: tuple[_Array, ...], found: _Array, titles: _Array, /
) -> None: ...
def hash(buffer: _Array, offsets: _Array, out: _Array, /) -> None: ...  # noqa: A001
def fold(text: Buffer, /) -> bytes: ...
def cut(kept: Buffer, dictionary: Dictionary | None, /) -> Memory: ...
def instruction_set() -> str: ...
def use_instruction_set(name: str, /) -> str: ...
def intersect_counts(values: _Array, offsets: _Array, pairs: _Array, out: _Array, /) -> None: ...
def unique_sorted(values: _Array, offsets: _Array, /) -> None: ...
