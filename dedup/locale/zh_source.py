"""Chinese texts: encodings, discovery, reading and configuration."""

from __future__ import annotations

ZH: dict[str, str] = {
    # encodings
    "byte {byte} at offset {offset} is not text in {encoding}, the likeliest encoding": (
        "偏移 {offset} 处的字节 {byte} 无法按最可能的编码 {encoding} 解码"
    ),
    "byte {byte} at offset {offset} is not {encoding}": (
        "偏移 {offset} 处的字节 {byte} 不符合 {encoding} 编码"
    ),
    "if you know the encoding, name it: --encoding NAME": "如果知道编码，请用 --encoding 指定",
    "leave the encoding out to have it detected, or name another": (
        "去掉编码设置以自动检测，或者换一种编码"
    ),
    "unknown encoding: {name}": "未知的编码：{name}",
    # paths
    "an empty path": "路径为空",
    "name a file or folder, or - for standard input": "请给出文件或目录；- 表示标准输入",
    "a path cannot contain a NUL character: {path}": "路径中不能有 NUL 字符：{path}",
    "separate the paths of a list by NUL or by line, not both": (
        "列表中的路径用 NUL 分隔，或者每行一个，不要混用"
    ),
    "{path} is a link to {target}, which does not exist": (
        "{path} 是指向 {target} 的链接，而后者不存在"
    ),
    "no such file or folder: {path}": "没有这个文件或目录：{path}",
    "{path} is a file, not a folder": "{path} 是文件，不是目录",
    "looked for it in {folder}": "查找的位置：{folder}",
    "the path is too long: {path}": "路径太长：{path}",
    # inputs that are not compared
    "a folder, not a file": "是目录，不是文件",
    "a named pipe, not a file": "是命名管道，不是文件",
    "a socket, not a file": "是套接字，不是文件",
    "a device, not a file": "是设备，不是文件",
    "a binary file, not a text": "是二进制文件，不是文本",
    "a link that leads to itself": "链接绕回了自身",
    "does not exist any more": "已经不存在",
    "changed while it was read": "读取过程中内容有变",
    "cannot be read: {why}": "无法读取：{why}",
    "empty": "空文件",
    "garbled: its characters were lost before it was saved": "乱码：文字在保存之前就已损坏",
    # reading again
    "{id} did not come from a file and cannot be read again": "{id} 不是来自文件，无法再次读取",
    "{path} changed since it was read": "{path} 在读取之后有改动",
    "{path}: {why}": "{path}：{why}",
    "run the command again": "请重新运行该命令",
    # configuration
    "{path} is not a file": "{path} 不是文件",
    "cannot read {path}: {why}": "无法读取 {path}：{why}",
    "{path} is not UTF-8": "{path} 不是 UTF-8 编码",
    "save it as UTF-8": "请将其另存为 UTF-8",
    "{where} is not valid TOML: {why}": "{where} 不是有效的 TOML：{why}",
    "{where} sets {name} twice": "{where} 重复设置了 {name}",
    "{where}: {problem}": "{where}：{problem}",
    "{where}: {pattern} names no encoding": "{where}：{pattern} 没有给出编码",
    'write "old/*.txt" = "gb18030" below [encoding]': (
        '请在 [encoding] 下写成 "old/*.txt" = "gb18030" 的形式'
    ),
    "{where}: {name} is {value}, which is of the wrong type": (
        "{where}：{name} 的值 {value} 类型不对"
    ),
    "{variable} is {value}, but must be {wanted}": "{variable} 的值是 {value}，应为{wanted}",
    "1 or 0, true or false": " 1、0、true 或 false",
    "a whole number": "整数",
    "a number": "数字",
}
