"""Which files of a folder are texts, by name; a name that says nothing is decided by content."""

from __future__ import annotations

from enum import Enum

from dedup.source.compression import COMPRESSIONS, last_suffix, split_suffixes

#: Read by a reader of their own, in lower case.
DOCUMENT_EXTENSIONS = frozenset({".html", ".htm", ".xhtml", ".shtml", ".docx", ".pdf"})
#: Read without a look inside, in lower case.
TEXT_EXTENSIONS = DOCUMENT_EXTENSIONS | frozenset(
    {".txt", ".text", ".md", ".markdown", ".rst", ".tex", ".adoc", ".asciidoc", ".org"}
)

#: Files of records, in lower case.
RECORD_EXTENSIONS = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})

_DATA = """
    .json .geojson .arrow .feather .avro .orc .xml .xsl .xsd
    .yaml .yml .toml .ini .cfg .conf .properties .env .lock .log .sql .db .sqlite .sqlite3 .pkl
    .npy .npz .h5 .pt .safetensors .onnx .proto .graphql .po .pot .mo .ipynb .diff .patch .map
"""
_CODE = """
    .py .pyi .pyx .pyc .js .mjs .cjs .jsx .ts .tsx .vue .svelte .css .scss .sass .less .c .h .cc
    .cpp .cxx .hpp .hh .cs .java .kt .kts .scala .groovy .gradle .go .rs .rb .php .pl .pm .lua .r
    .jl .swift .m .mm .dart .ex .exs .erl .hs .ml .clj .el .vim .sh .bash .zsh .fish .ps1 .psm1
    .psd1 .bat .cmd .mk .cmake .asm .s .v .sv .vhd .f .f90 .pas .vb .sol .zig .nim .tf .j2 .jinja
"""
_DOCUMENTS = """
    .mht .doc .wps .rtf .odt .xls .xlsx .ods .ppt .pptx .odp
    .epub .mobi .azw .azw3 .djvu .eml .msg .svg .bib .cls .sty .css .bak .tmp .swp
"""
OTHER_EXTENSIONS = frozenset(f"{_DATA} {_CODE} {_DOCUMENTS}".split())
#: Well-known names without an extension that are no texts to compare.
OTHER_NAMES = frozenset(
    {"makefile", "gnumakefile", "dockerfile", "jenkinsfile", "vagrantfile", "gemfile", "rakefile"}
)


class Kind(Enum):
    """What a file's name says."""

    TEXT = "text"
    OTHER = "other"
    UNKNOWN = "unknown"


def extension(name: str) -> str:
    """Return the extension in lower case with its dot, or "" where there is none."""
    return last_suffix(name)


def kind(name: str, texts: frozenset[str] = TEXT_EXTENSIONS) -> Kind:
    """Return what a file's name says; ``texts`` are the extensions that are texts.

    What is compressed goes by the suffix before that of the compression.
    """
    suffix = extension(name)
    if suffix in COMPRESSIONS:
        inner, _ = split_suffixes(name)
        return Kind.TEXT if inner in texts | RECORD_EXTENSIONS else Kind.OTHER
    if suffix in texts or suffix in RECORD_EXTENSIONS:
        return Kind.TEXT
    if suffix in OTHER_EXTENSIONS or name.lower() in OTHER_NAMES:
        return Kind.OTHER
    return Kind.UNKNOWN
