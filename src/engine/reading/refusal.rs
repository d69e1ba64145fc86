//! What is said of a file or a proposal that is not read at all.

use super::message::Words;
use crate::engine::json::quoted;

/// `proposal/encoding`: what is wrong with bytes that are no text in the encoding that they should be in; `guess` is
/// the encoding that they look like.
pub fn encoding_message(encoding: &str, guess: Option<&str>, language: &str) -> Words {
    let (encoding, guess) = (quoted(encoding), guess.map(quoted));
    if language.starts_with("zh") {
        let message = format!("文件内容不是 {encoding} 编码");
        return match guess {
            Some(guess) => (
                format!("{message}，看起来像 {guess}"),
                Some(format!("请加上 `--encoding {guess}` 再次运行，或将文件另存为 UTF-8")),
            ),
            None => (message, Some("请将文件另存为 UTF-8，或用 `--encoding` 指明其编码".to_owned())),
        };
    }
    let message = format!("the bytes of the file are no {encoding}");
    match guess {
        Some(guess) => (
            format!("{message}; they look like {guess}"),
            Some(format!("run with `--encoding {guess}`, or save the file as UTF-8")),
        ),
        None => (message, Some("save the file as UTF-8, or name its encoding with `--encoding`".to_owned())),
    }
}

/// `proposal/too-large`
pub fn too_large_message(language: &str) -> Words {
    if language.starts_with("zh") {
        return ("项目超过 256 MiB，未予读取".to_owned(), Some("请拆分文件，每个文件或每行写一个项目".to_owned()));
    }
    let help = "split the file: one proposal a file, or one a line of a `.jsonl` file";
    ("the proposal has more than 256 MiB and was not read".to_owned(), Some(help.to_owned()))
}
