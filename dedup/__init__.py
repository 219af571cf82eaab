"""Find the same Chinese text in different clothes, and say why."""

import typing as _typing

from dedup.app.acting import plan, resolve, undo
from dedup.app.api import check, compare, fold, load, redecide, scan, to_datasketch, tokens
from dedup.app.picture import plot
from dedup.boilerplate import Boilerplate, SharedPassage
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
    BorderlinePair,
    Change,
    ChangeKind,
    Cluster,
    Comparison,
    Crowd,
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
    Run,
    ScanResult,
    SetAside,
    Skipped,
    Summary,
    TextSpan,
    Weight,
)
from dedup.settings import Settings
from dedup.version import VERSION as _VERSION

if _typing.TYPE_CHECKING:
    from dedup.app.index import Index
    from dedup.checked import (
        AcceptedCopies,
        AcceptedPair,
        AllowRule,
        BaselineChange,
        CheckedDocument,
        CheckedMatch,
        CheckResult,
        Verdict,
    )
    from dedup.index.results import Added, IndexInfo, IndexProblem, Match, Matches
    from dedup.planned import Drop, FileState, Left, Plan, Resolved, Step


__version__ = _VERSION

#: What scanning has no use for is loaded when it is asked for: a command on a few files would feel
#: the time that it takes.
_LATER = {
    "Index": "dedup.app.index",
    "AcceptedCopies": "dedup.checked",
    "AcceptedPair": "dedup.checked",
    "AllowRule": "dedup.checked",
    "BaselineChange": "dedup.checked",
    "CheckedDocument": "dedup.checked",
    "CheckedMatch": "dedup.checked",
    "CheckResult": "dedup.checked",
    "Verdict": "dedup.checked",
    "Added": "dedup.index.results",
    "IndexInfo": "dedup.index.results",
    "IndexProblem": "dedup.index.results",
    "Match": "dedup.index.results",
    "Matches": "dedup.index.results",
    "Drop": "dedup.planned",
    "FileState": "dedup.planned",
    "Left": "dedup.planned",
    "Plan": "dedup.planned",
    "Resolved": "dedup.planned",
    "Step": "dedup.planned",
}

__all__ = [
    "AcceptedCopies",
    "AcceptedPair",
    "Added",
    "AllowRule",
    "BaselineChange",
    "Boilerplate",
    "BorderlinePair",
    "Change",
    "ChangeKind",
    "CheckResult",
    "CheckedDocument",
    "CheckedMatch",
    "Cluster",
    "Comparison",
    "Crowd",
    "DedupError",
    "Document",
    "DocumentInfo",
    "Drop",
    "Edit",
    "EncodingError",
    "Evidence",
    "Fact",
    "FileState",
    "Index",
    "IndexInfo",
    "IndexProblem",
    "InputError",
    "Left",
    "Match",
    "Matches",
    "Message",
    "NoTextsError",
    "OutputError",
    "Pair",
    "Passage",
    "PassageKind",
    "PathError",
    "Plan",
    "Relation",
    "Resolved",
    "Role",
    "Run",
    "ScanResult",
    "SetAside",
    "Settings",
    "SettingsError",
    "SharedPassage",
    "Skipped",
    "Step",
    "Summary",
    "TextSpan",
    "UsageError",
    "Verdict",
    "Weight",
    "__version__",
    "check",
    "compare",
    "fold",
    "load",
    "plan",
    "plot",
    "redecide",
    "resolve",
    "scan",
    "to_datasketch",
    "tokens",
    "undo",
]


def __getattr__(name: str) -> object:
    """Return a public name that is loaded later."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_LATER[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
