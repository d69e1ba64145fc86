//! What the layout keeps and how it stands.

use super::{Tongue, lay_out};
use crate::syntax::Dialect;
use crate::syntax::lexer::lex;
use crate::text::FileId;

fn dialect(text: &str) -> Dialect {
    let mut dialect = Dialect::gather(&[lex(FileId(0), text)]);
    dialect.languages = vec!["en".to_owned(), "zh".to_owned()];
    dialect.units.extend(["元".to_owned(), "mu".to_owned()]);
    dialect
}

fn laid_out(text: &str, tongue: Option<Tongue>) -> String {
    lay_out(FileId(0), text, &dialect(text), tongue).unwrap()
}

/// Lays a text out, and sees that this ends there, and that its words go to the other tongue and back.
fn layout(text: &str) -> String {
    let out = laid_out(text, None);
    assert_eq!(laid_out(&out, None), out, "laid out twice");
    out
}

fn there_and_back(english: &str) -> String {
    let english = laid_out(english, Some(Tongue::English));
    let chinese = laid_out(&english, Some(Tongue::Chinese));
    assert_eq!(laid_out(&chinese, None), chinese, "Chinese words, laid out twice");
    assert_eq!(laid_out(&chinese, Some(Tongue::English)), english, "there and back");
    chinese
}

#[test]
fn clauses_stand_in_columns_and_texts_below_one_another() {
    let text = "directive a \"A\" zh \"甲\" { must city in endpoints, message \"no\" zh \"否\" overrides b,c }";
    insta::assert_snapshot!(layout(text), @r#"
    directive a "A" zh "甲" {
      must       city in endpoints
      message    "no"
              zh "否"
      overrides  b, c
    }
    "#);
}

#[test]
fn terms_stand_in_columns_that_count_cells() {
    let text = "vocabulary city { zhengzhou \"Zhengzhou\" zh \"郑州\" code \"1\" # core\n jiyuan zh \"济源市\" aka \"x\" code \"22\" # last\n }";
    insta::assert_snapshot!(layout(text), @r#"
    vocabulary city {
      zhengzhou  "Zhengzhou"  zh "郑州"    code "1"            # core
      jiyuan                  zh "济源市"  code "22"  aka "x"  # last
    }
    "#);
}

#[test]
fn comments_stay_with_what_they_stand_at() {
    let text = "# top\n\n\n# of the plan\nplan p { # open\n# of the title\ntitle \"T\" # after\n\n\n# last\n} # closed\n# end\n";
    insta::assert_snapshot!(layout(text), @r#"
    # top

    # of the plan
    plan p {  # open
      # of the title
      title "T"  # after

      # last
    }  # closed
    # end
    "#);
}

#[test]
fn comments_within_an_expression_break_its_line() {
    let text = "define a = b is c # first\n and # of d\n d is e\n # of f\n and f is # inner\n g\n";
    insta::assert_snapshot!(layout(text), @"
    define a = b is c  # first
      and d  # of d
        is e
      # of f
      and f is g  # inner
    ");
}

#[test]
fn comments_within_lists_stay_with_their_entries() {
    let text = "group g of v { a, # one\n b # two\n , c\n # before the grounds\n cites §1 # why\n }";
    insta::assert_snapshot!(layout(text), @"
    group g of v {
      a,  # one
      b,  # two
      c
      # before the grounds
      cites §1  # why
    }
    ");
}

#[test]
fn long_requirements_break_before_their_loosest_operator() {
    let text = "directive a { must city in metropolitan-area and some p in partners where p.city is present satisfies p.city in metropolitan-area and p.city is not city }";
    insta::assert_snapshot!(layout(text), @"
    directive a {
      must  city in metropolitan-area
              and some p in partners where p.city is present satisfies p.city in metropolitan-area and p.city is not city
    }
    ");
}

#[test]
fn facts_on_one_line_stand_in_columns_and_others_have_their_grounds_below() {
    let text =
        "a has r x basis assumed cites §1\nbbb has r x, y basis stated cites §2\n\nc have r\n x\n basis practice";
    insta::assert_snapshot!(layout(text), @"
    a   has r x     basis assumed  cites §1
    bbb has r x, y  basis stated   cites §2

    c have r x
      basis practice
    ");
}

#[test]
fn json_and_long_texts_are_set_in_and_keep_what_they_mean() {
    let text = "test \"t\" {\n      given {\n          \"a\": [\n            1]\n      }\n}\ndirective d {\n note \"\"\"\n   one\n     two\n\n   \"\"\"\n must a }";
    insta::assert_snapshot!(layout(text), @r#"
    test "t" {
      given {
          "a": [
            1]
      }
    }

    directive d {
      note  """
            one
              two

            """
      must  a
    }
    "#);
}

#[test]
fn a_comma_stays_where_the_next_name_would_be_read_otherwise() {
    let text =
        "vocabulary v { a \"A\", code \"B\", b }\nproposal { n number at least 5, mu text, required text, c text }";
    insta::assert_snapshot!(layout(text), @r#"
    vocabulary v {
      a     "A",
      code  "B"
      b
    }

    proposal {
      n         number  at least 5,
      mu        text,
      required  text
      c         text
    }
    "#);
}

#[test]
fn only_the_words_of_the_language_turn() {
    let text = "portfolio directive d \"count of\" { # is present\n for each group g of proposals by id, city\n must count(g) <= 1 and 5% of 3 元 > 0 元 and g.key is present\n unless functions includes any of functions of city of county because \"is\" }\nendpoints have r x\ntest \"given\" { given { \"is\": [\"of\"] } expect d not applicable for a }";
    insta::assert_snapshot!(there_and_back(text), @r#"
    总体 指令 d "count of" {  # is present
      对每组 g 于 项目 按 id, city
      必须  计数(g) <= 1 且 3 元 的 5% > 0 元 且 g.键 已填写
      除非  functions 包括任一 county 的 city 的 functions 因为 "is"
    }

    endpoints 均具有 r x

    用例 "given" {
      给定 { "is": ["of"] }
      预期 d 不适用 对于 a
    }
    "#);
}

#[test]
fn a_name_that_is_a_word_in_the_other_tongue_gets_backquotes() {
    let chinese = "定义 a = b 是 present 且 c 包含 d 的 any 且 e 的 length 是 f\n";
    let out = layout(chinese);
    assert_eq!(out, "定义 a = b 是 `present` 且 c 包含 d 的 `any` 且 e 的 `length` 是 f\n");
    let english = laid_out(&out, Some(Tongue::English));
    assert_eq!(english, "define a = b is `present` and c include `any` of d and `length` of e is f\n");
    assert_eq!(laid_out(&english, Some(Tongue::Chinese)), out);
}

#[test]
fn marks_become_ascii_and_those_of_mathematics_stay() {
    let text = "define a ＝ ｛x，y、z｝ 包含 b 且 c ≥ 5元 且 (（d ≠ 3）)";
    assert_eq!(layout(text), "define a = {x, y, z} 包含 b 且 c ≥ 5 元 且 (d ≠ 3)\n");
}

#[test]
fn carriage_returns_stay_if_the_first_line_has_one() {
    assert_eq!(laid_out("define a = b\r\n\r\ndefine c = d\n", None), "define a = b\r\n\r\ndefine c = d\r\n");
    assert_eq!(laid_out("define a = b\n\r\ndefine c = d\r\n", None), "define a = b\n\ndefine c = d\n");
}

#[test]
fn what_is_written_twice_is_not_lost_but_refused() {
    let text = "vocabulary v { a code \"1\" code \"2\" }";
    let faults = lay_out(FileId(0), text, &dialect(text), None).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["rules/duplicate-entry"]);
}

#[test]
fn faulty_text_gives_its_own_diagnostics() {
    let text = "define a =\ndirective d { must }";
    let faults = lay_out(FileId(0), text, &dialect(text), None).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == "rules/syntax"), "{faults:?}");
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(layout(""), "");
    assert_eq!(layout("\n\n  \n"), "");
    assert_eq!(layout("# a"), "# a\n");
}
