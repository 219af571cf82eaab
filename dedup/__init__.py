"""Find the same Chinese text in different clothes, and say why."""

from dedup.app.api import compare, fold, scan, to_datasketch, tokens
from dedup.errors import (
    DedupError,
    EncodingError,
    InputError,
    NoTextsError,
    OutputError,
    PathError,
    SettingsError,
    UsageError,
)
from dedup.messages import Message
from dedup.model import (
    Change,
    ChangeKind,
    Cluster,
    Comparison,
    Document,
    DocumentInfo,
    Edit,
    Evidence,
    Fact,
    Pair,
    Passage,
    PassageKind,
    Relation,
    Role,
    ScanResult,
    SetAside,
    Skipped,
    Summary,
    TextSpan,
    Weight,
)
from dedup.settings import Settings
from dedup.version import VERSION as _VERSION

__version__ = _VERSION

__all__ = [
    "Change",
    "ChangeKind",
    "Cluster",
    "Comparison",
    "DedupError",
    "Document",
    "DocumentInfo",
    "Edit",
    "EncodingError",
    "Evidence",
    "Fact",
    "InputError",
    "Message",
    "NoTextsError",
    "OutputError",
    "Pair",
    "Passage",
    "PassageKind",
    "PathError",
    "Relation",
    "Role",
    "ScanResult",
    "SetAside",
    "Settings",
    "SettingsError",
    "Skipped",
    "Summary",
    "TextSpan",
    "UsageError",
    "Weight",
    "__version__",
    "compare",
    "fold",
    "scan",
    "to_datasketch",
    "tokens",
]
