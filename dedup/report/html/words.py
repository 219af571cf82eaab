"""What the page itself says: headings, labels, and how it is used."""

from __future__ import annotations

from dedup.messages import Message, message

WORDS: dict[str, Message] = {
    # the page
    "skip": message("Skip to the content"),
    "language": message("Language"),
    "theme": message("Colours"),
    "system": message("as the system"),
    "light": message("light"),
    "dark": message("dark"),
    "keys": message("Keyboard"),
    # overview
    "totals": message("Totals"),
    "way": message("From texts to clusters"),
    "histogram": message("How similar the pairs are"),
    "similarity": message("similarity"),
    "number": message("pairs"),
    "equal": message("equal"),
    "relations": message("Relations"),
    "settings": message("Settings"),
    "attention": message("Worth a look"),
    "changed": message("changed or gone since the scan"),
    "skipped": message("Not compared"),
    # the list
    "clusters": message("Clusters"),
    "choose": message("Choose and sort"),
    "search": message("Search names and paths"),
    "only": message("Relations shown"),
    "least": message("At least so many documents"),
    "state": message("Decisions"),
    "all": message("decided or not"),
    "undecided": message("undecided"),
    "decided": message("decided"),
    "order": message("Order"),
    "as_scanned": message("as in the result"),
    "largest": message("largest first"),
    "weakest": message("least similar first"),
    "by_name": message("by name"),
    "open_all": message("Open all that are shown"),
    "close_all": message("Close all"),
    "nothing": message("There are no duplicates."),
    "borderline": message("Nearest to the decision"),
    "not_dropped": message("Related, and not dropped"),
    "made_of": message("Made up of several others"),
    # a cluster
    "keep": message("keep"),
    "drop": message("drop"),
    "link": message("Link to this cluster"),
    "copy": message("Copy path"),
    "copy_command": message("Copy command"),
    "copied": message("copied"),
    "date": message("date"),
    "known": message("known already"),
    "found": message("Recognised in it"),
    "side_by_side": message("Side by side"),
    "line": message("line"),
    # the review
    "review": message("Review"),
    "your_decision": message("Your decision"),
    "accept": message("Not duplicates: all of them stay"),
    "keep_this": message("Keep this one"),
    "exclude": message("Leave this one out: it stays"),
    "export": message("Save the decisions"),
    "forget": message("Take all decisions back"),
    "file": message("The decisions as a file"),
    "how": message(
        "Decisions are made here and act nowhere until you save them; dedup reads the file."
    ),
    # keys
    "shortcuts": message("Single keys act"),
    "key_help": message("show or hide this list"),
    "key_next": message("next cluster"),
    "key_previous": message("previous cluster"),
    "key_open": message("open or close the cluster"),
    "key_search": message("search"),
    "key_accept": message("not duplicates, or take that back"),
    "key_language": message("the other language"),
    "key_theme": message("other colours"),
    "key_export": message("save the decisions"),
    "close": message("Close"),
}

#: Templates that the script fills in: fields in braces, as :meth:`str.format` has them.
SPOKEN: dict[str, Message] = {
    "shown": message("Shown: {shown} of {all}"),
    "decisions": message("Clusters decided: {count}"),
}
