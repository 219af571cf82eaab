"""Chinese texts: pictures of a result, and bars in a terminal."""

from __future__ import annotations

ZH: dict[str, str] = {
    # help
    "Draw the result to FILE, a .svg or .png; the report is written only if asked for.": (
        "把结果画成图，写到 FILE（.svg 或 .png）；此时只有另行要求才输出报告。"
    ),
    "What to draw: similarities, cluster sizes, duplicates by source or date, which "
    "sources share texts [default: all].": (
        "画什么：相似度、各组大小、按来源或日期统计的重复、哪些来源有相同文本 [默认：all]。"
    ),
    # panels
    "pairs": "对数",
    "How large the clusters are": "各组的大小",
    "documents in a cluster": "每组篇数",
    "number of clusters": "组数",
    "clusters by documents:": "各组的篇数：",
    "Duplicates by source": "重复文本的来源",
    "dropped documents": "舍去的篇数",
    "{count} other sources": "其他 {count} 个来源",
    "Duplicates by date": "重复文本的日期",
    "without a date: {count}": "未注明日期：{count}",
    "Sources that share texts": "有相同文本的来源",
    "earlier: {count}": "日期较早：{count}",
    "not shown: {count} pairs of sources": "未画出：{count} 对来源",
    # what is said
    "no font with Chinese characters is installed, and they are drawn as boxes; install one, "
    "for example Noto Sans CJK (Debian and Ubuntu: apt install fonts-noto-cjk)": (
        "没有安装中文字体，汉字会画成方框；请安装一种，如思源黑体"
        "（Debian 和 Ubuntu：apt install fonts-noto-cjk）"
    ),
    "dedup: warning: {what}": "dedup：警告：{what}",
    # errors
    "a picture needs matplotlib, which is not installed": "画图需要 matplotlib，尚未安装",
    "a picture is written as svg or png, and {path} is neither": (
        "图只能写成 svg 或 png，{path} 两者都不是"
    ),
    "name a file that ends in .svg or .png": "请给出以 .svg 或 .png 结尾的文件名",
    "there is no picture {kind}": "没有名为 {kind} 的图",
    "--plot-kind says what --plot draws": "--plot-kind 说明 --plot 画什么，须与之同用",
    "add --plot FILE.svg": "请加上 --plot FILE.svg",
}
