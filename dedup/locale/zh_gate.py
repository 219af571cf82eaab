"""Chinese texts: the gate, its baseline, and git."""

from __future__ import annotations

ZH: dict[str, str] = {
    "Accept the clusters that were accepted in the page of a result.\n\nRESULT is what dedup scan "
    "wrote as jsonl, and DECISIONS what was saved in its page. The texts are read again; what is "
    "accepted already stays so.": (
        "把结果网页里认定不是重复的各组记入认可清单。\n\nRESULT 是 dedup scan 写出的 jsonl，"
        "DECISIONS 是在网页里保存的决定。有关文本会重读一遍；清单里原有的内容保留。"
    ),
    "Why it is accepted.": "认可的理由。",
    "{path}: {count} accepted clusters, {added} lines added": (
        "{path}：认可 {count} 组，新增 {added} 行"
    ),
    # help
    "Compare files with everything that git tracks.\n\n"
    "FILE is compared as it is staged, with what is staged of all other texts; a folder is "
    "its tracked files. Without FILE it is what the next commit changes. The status is 1 "
    "where a file repeats another one that nobody has accepted.": (
        "把文件与 git 跟踪的全部文本比对。\n\n"
        "比对的是 FILE 在暂存区里的内容，对方是暂存区里的其他所有文本；给出目录则检查其中已跟踪的文件。"
        "不给 FILE 时检查下一次提交要改动的文件。发现尚未认可的重复时，退出状态为 1。"
    ),
    "Check the files that changed since this branch parted from COMMIT.": (
        "检查本分支自与 COMMIT 分叉以来改动过的文件。"
    ),
    "Compare with an index instead of what git tracks; no repository is needed.": (
        "与索引比对，而不是与 git 跟踪的文本比对；不需要仓库。"
    ),
    "Read everything anew, and keep nothing of it in git's own folder.": (
        "全部重新读取，也不在 git 自己的目录里保存任何内容。"
    ),
    "What is accepted [default: .dedup-baseline at the root of the repository].": (
        "记录已认可的重复的文件 [默认：仓库根目录下的 .dedup-baseline]。"
    ),
    "Accept what is found, and forget what is no longer there.": (
        "认可本次发现的重复，并删去已不存在的条目。"
    ),
    "Why it is accepted, for --update-baseline.": "认可的理由，与 --update-baseline 同用。",
    "Show what is accepted as a duplicate, or accept more.": "查看已认可的重复，或再认可一些。",
    "Show the lines of the baseline with the paths and titles of today.\n\n"
    "With commits (A..B, or A for A until now) it is what was added (+) and removed (-).": (
        "列出认可清单的各行，以及对应文本现在的路径和标题。\n\n"
        "给出提交（A..B，或单写 A 表示从 A 到现在）时，只列增加（+）和删去（-）的行。"
    ),
    "    … and {count} more documents": "    ……另有 {count} 篇文档",
    "    (no document has this text any more)": "    （现在已没有这样的文本）",
    "there is no baseline {path}": "没有认可清单 {path}",
    "leave the commits out": "不要给出提交",
    # verdicts
    "fails": "不通过",
    "warns": "提醒",
    "accepted": "已认可",
    "accepted as it was before": "沿用旧版的认可",
    "allowed": "规则允许",
    "{path}: {verdict}, {relation}: {other} ({similarity})": (
        "{path}：{verdict}，{relation}：{other}（{similarity}）"
    ),
    "{count} duplicate": "{count} 处重复",
    "{count} duplicates": "{count} 处重复",
    "{path}: {said}": "{path}：{said}",
    "  … and {count} more, {accepted} of them accepted": "  ……另有 {count} 处，其中 {accepted} 处已认可",
    "  … and {count} more": "  ……另有 {count} 行",
    "{relation}: {meaning}; similarity {similarity}": "{relation}：{meaning}；相似度 {similarity}",
    "because: {reason}": "理由：{reason}",
    "{count} line of {path} accepts what is no longer there:": (
        "{path} 中有 {count} 行认可的重复已不存在："
    ),
    "{count} lines of {path} accept what is no longer there:": (
        "{path} 中有 {count} 行认可的重复已不存在："
    ),
    "{path} is as it was": "{path} 没有变化",
    "{path}: lines added {added}, removed {removed}; to have it committed:": (
        "{path}：新增 {added} 行，删去 {removed} 行；随提交一并暂存："
    ),
    "To see what differs:": "查看差异：",
    "To accept it, with a reason for whoever reviews that:": "认可这些重复，并为审阅者写明理由：",
    "Accepted in the version before; to accept it in this one too:": (
        "旧版中已认可；要让新版也一直有效："
    ),
    "{between}: {count} pairs allowed": "{between}：按规则允许 {count} 对",
    "{count} file checked": "检查了 {count} 个文件",
    "{count} files checked": "检查了 {count} 个文件",
    "{checked} against {compared} files; duplicates: {fails}, warnings: {warns}, "
    "accepted: {accepted}": (
        "{checked}，与 {compared} 个文件比对：重复 {fails} 处，提醒 {warns} 处，已认可 {accepted} 处"
    ),
    "the rule that allows {between} matches no file": "允许 {between} 的规则没有匹配到任何文件",
    # the baseline
    "cannot read the baseline {path}: {why}": "无法读取认可清单 {path}：{why}",
    "make one: dedup check FILE --update-baseline": "新建一份：dedup check FILE --update-baseline",
    "make one: dedup check FILE --update-baseline --baseline FILE": (
        "新建一份：dedup check FILE --update-baseline --baseline FILE"
    ),
    "{path} is no baseline": "{path} 不是认可清单",
    "{path} was made by a newer version": "{path} 由更新的版本写成",
    "update dedup: pip install --upgrade zh-dedup": "升级 dedup：pip install --upgrade zh-dedup",
    "{where}: a merge has left its marks": "{where}：留有合并冲突的标记",
    "{where}: this is no line of a baseline": "{where}：这一行不属于认可清单",
    "keep both sides: dedup check . --update-baseline": (
        "保留双方的条目：dedup check . --update-baseline"
    ),
    "delete the line, or write the file anew: --update-baseline": (
        "删去这一行，或用 --update-baseline 重写文件"
    ),
    "{path} was made with other settings, or by another version": (
        "{path} 是用另一套设置或另一个版本生成的"
    ),
    "look at what it then accepts, and accept it anew: dedup check . --update-baseline": (
        "核对现在会认可哪些重复，再重新认可：dedup check . --update-baseline"
    ),
    # rules
    "{where}: this is no rule to allow: {value}": "{where}：这不是一条允许规则：{value}",
    'write [[dedup.allow]] with between = ["a/**", "b/**"], and if you like '
    'same-stem = true and reason = "…"': (
        '写作 [[dedup.allow]]，其下 between = ["a/**", "b/**"]，需要时加 same-stem = true 和 reason = "……"'
    ),
    # git
    "{path} is outside of the repository {root}": "{path} 不在仓库 {root} 内",
    "run dedup check in the repository that holds it": "请在它所属的仓库里运行 dedup check",
    "git cannot be run: {why}": "无法运行 git：{why}",
    "install git, or name an index: dedup check --against INDEX FILE": (
        "安装 git，或指定索引：dedup check --against INDEX FILE"
    ),
    "git {command} failed: {why}": "git {command} 失败：{why}",
    "{name} is no commit of this repository": "{name} 不是本仓库里的提交",
    "git fetch it first, or name another: --since origin/main": (
        "先用 git fetch 取回，或换一个：--since origin/main"
    ),
    "{folder} is in no git repository": "{folder} 不在任何 git 仓库里",
    "run it in one: git init, git add; or compare folders: dedup scan PATH": (
        "请在仓库里运行（git init、git add），或改用 dedup scan PATH 比对文件夹"
    ),
    "git cannot read what is staged: it is missing or damaged": (
        "git 读不出暂存的内容：对象缺失或已损坏"
    ),
    "a pointer of Git LFS; the text it stands for is not here: git lfs pull": (
        "这是 Git LFS 的指针，它所代表的文本不在本机：git lfs pull"
    ),
    "a result of dedup scan": "dedup scan 的结果文件",
    "a merge has left it in conflict; git add it once that is settled": (
        "合并留下冲突；解决后用 git add 暂存"
    ),
    "git tracks no file in {path}; git add it to have it checked": (
        "git 没有跟踪 {path} 中的任何文件；先用 git add 暂存再检查"
    ),
    "{path} is not staged: what is on disk was checked": "{path} 没有暂存：检查的是磁盘上的内容",
}
