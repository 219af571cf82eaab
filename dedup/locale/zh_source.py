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
    "needs {extra}: pip install '{extra}'": "需要 {extra}：pip install '{extra}'",
    "protected by a password": "有密码保护",
    "protected by a password, or an older Word file under a new name": (
        "有密码保护，或者是改了扩展名的旧版 Word 文件"
    ),
    "damaged: {why}": "文件损坏：{why}",
    "damaged, or no Word document": "文件损坏，或者不是 Word 文档",
    "no text layer: a scan has to be recognised (OCR) first": (
        "没有文字层：扫描件须先做文字识别（OCR）"
    ),
    # records
    "{path} is no path of fields": "{path} 不是字段路径",
    "write a name, or names with dots: meta.url, messages.*.content": (
        "请写字段名，嵌套的用点号连接：meta.url、messages.*.content"
    ),
    "reading .zst needs {extra}": "读取 .zst 文件需要 {extra}",
    "{path} is a URL; reading it needs {extra}": "{path} 是 URL，读取它需要 {extra}",
    "{path} cannot be read: {why}": "{path} 无法读取：{why}",
    "install it: pip install '{extra}'": "安装：pip install '{extra}'",
    "cut short": "内容不完整，中途断掉",
    "cut short after record {place}": "内容不完整，在第 {place} 条记录之后断掉",
    "damaged after record {place}: {why}": "第 {place} 条记录之后损坏：{why}",
    "damaged, or no Parquet file: {why}": "文件损坏，或者不是 Parquet 文件：{why}",
    "not JSON: {why}": "不是 JSON：{why}",
    "JSON, but no object": "是 JSON，但不是对象",
    "no row: {why}": "不是完整的一行：{why}",
    "a quotation mark is opened and never closed": "引号没有闭合",
    "{count} cells under {names} columns": "有 {count} 个单元格，表头只有 {names} 列",
    "{field} is {kind}, not a text": "{field} 是{kind}，不是文本",
    "an object": "对象",
    "a list": "列表",
    "true or false": "真假值",
    "has no field {wanted}; it has {names}": "没有字段 {wanted}，只有 {names}",
    "has no field {wanted}, but {names}; name the one with the text: --text-field NAME": (
        "没有字段 {wanted}，只有 {names}；请用 --text-field 指定正文所在的字段"
    ),
    "standard input": "标准输入",
    "{name}": "{name}",
    "{name} and {count} more": "{name} 等，另有 {count} 个",
    "{files}: read as records, the text from {text}, named by line": (
        "{files}：按记录读取，正文取自 {text}，以行号为编号"
    ),
    "{files}: read as records, the text from {text}, the id from {id}": (
        "{files}：按记录读取，正文取自 {text}，编号取自 {id}"
    ),
    "{files}: no record has a field {field}": "{files}：没有一条记录含有字段 {field}",
    "{path} holds records": "{path} 存放的是多条记录",
    "name one by its line: {path}:1": "请用行号指明其中一条：{path}:1",
    "dedup: note: {note}": "dedup：提示：{note}",
    "  … and {count} more such notes": "  ……另有 {count} 条类似提示",
    "Take the text of a record from FIELD; several are joined: title,body or "
    "messages.*.content [default: guessed].": (
        "记录的正文取自字段 FIELD；给出多个则依次相接，如 title,body 或 messages.*.content"
        " [默认：自动猜测]。"
    ),
    "Take the id of a record from FIELD [default: guessed, else file and line].": (
        "记录的编号取自字段 FIELD [默认：自动猜测，没有则用文件名加行号]。"
    ),
    "Take the date of a record, for newest and oldest, from FIELD.": (
        "记录的日期取自字段 FIELD，供 newest 和 oldest 使用。"
    ),
    "Read files, and standard input, as this [default: by their names].": (
        "按此格式读取文件和标准输入 [默认：看文件名]。"
    ),
    "Compare whole documents, their paragraphs or their lines [default: document].": (
        "比较整篇文档、各个段落还是各行 [默认：document]。"
    ),
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
