//! Changes of proposals.

use std::fs;

use super::{Watching, bad, folder, mended, put};

#[test]
fn a_proposal_that_is_written_anew_is_judged_anew() {
    let folder = folder();
    let mut watching = Watching::new(folder.path(), &[]);
    put(folder.path(), "proposals/zhengzhou/foil.json", &mended());
    watching.follows();
    assert!(watching.says("proposals/zhengzhou/foil.json: 0 findings, before 1").contains("checked 1 of 3 files"));
    put(folder.path(), "proposals/zhengzhou/foil.json", "{");
    watching.follows();
}

#[test]
fn editors_may_put_a_new_file_in_the_place_of_the_old_one() {
    let folder = folder();
    let mut watching = Watching::new(folder.path(), &[]);
    put(folder.path(), "proposals/zhengzhou/.foil.json.new", &mended());
    fs::rename(
        folder.path().join("proposals/zhengzhou/.foil.json.new"),
        folder.path().join("proposals/zhengzhou/foil.json"),
    )
    .unwrap();
    watching.follows();
}

#[test]
fn a_change_that_keeps_length_and_time_is_seen() {
    let folder = folder();
    let path = folder.path().join("proposals/zhengzhou/foil.json");
    let mut watching = Watching::new(folder.path(), &[]);
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, bad().replace("Gongyi battery", "Xinyang battery").replacen("battery-grade", "battery grad", 1))
        .unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), bad().len() as u64);
    watching.follows();
}

#[test]
fn files_and_folders_come_go_and_are_moved() {
    let folder = folder();
    let at = |name: &str| folder.path().join("proposals").join(name);
    let mut watching = Watching::new(folder.path(), &[]);
    put(folder.path(), "proposals/anyang/new.json", &bad());
    watching.follows();
    watching.says("proposals/anyang/new.json: new, 1 finding");
    fs::remove_file(at("anyang/new.json")).unwrap();
    watching.follows();
    watching.says("proposals/anyang/new.json: gone");
    put(folder.path(), "proposals/deep/in/it.json", &bad());
    watching.follows();
    put(folder.path(), "proposals/deep/in/too.jsonl", &bad().replace('\n', " "));
    watching.follows();
    fs::rename(at("deep"), at("moved")).unwrap();
    watching.follows();
    put(folder.path(), "proposals/moved/in/it.json", &mended());
    watching.follows();
    fs::remove_dir_all(at("moved")).unwrap();
    watching.follows();
}

#[test]
fn the_whole_folder_may_go_and_come_back() {
    let folder = folder();
    let (here, away) = (folder.path().join("proposals"), folder.path().join("away"));
    let mut watching = Watching::new(folder.path(), &[]);
    fs::rename(&here, &away).unwrap();
    watching.follows();
    fs::rename(&away, &here).unwrap();
    watching.follows();
    put(folder.path(), "proposals/zhengzhou/foil.json", &mended());
    watching.follows();
}

#[test]
fn many_files_come_to_the_same_sum() {
    let folder = folder();
    let name = |number: usize| format!("proposals/many/{number}.json");
    for number in 0..300 {
        let text = bad().replace("719346", &format!("{number:06}"));
        put(folder.path(), &name(number), if number % 3 == 0 { "{}" } else { &text });
    }
    let mut watching = Watching::new(folder.path(), &["--statistics", "--verdicts"]);
    put(folder.path(), &name(7), &mended());
    watching.follows();
    for number in 100..140 {
        fs::remove_file(folder.path().join(name(number))).unwrap();
    }
    put(folder.path(), &name(150), "{");
    put(folder.path(), &name(400), &bad());
    watching.follows();
}

#[test]
fn where_findings_are_counted_in_order_all_is_judged_anew() {
    let folder = folder();
    let mut watching = Watching::new(folder.path(), &["--max-findings=1"]);
    put(folder.path(), "proposals/anyang/a.json", &bad());
    watching.follows();
}

#[test]
fn what_changes_no_proposal_writes_nothing() {
    let folder = folder();
    let mut watching = Watching::new(folder.path(), &["--format=html=proposals/page.html"]);
    let page = folder.path().join("proposals/page.html");
    let before = fs::metadata(&page).unwrap().modified().unwrap();
    put(folder.path(), "proposals/notes.txt", "no proposal");
    put(folder.path(), "proposals/.hidden.json", "{");
    put(folder.path(), "beside.json", "{");
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), before);
    // Nor do its own reports: but for what is changed now, at one blow, nothing was checked again.
    put(folder.path(), "mended.json", &mended());
    fs::rename(folder.path().join("mended.json"), folder.path().join("proposals/zhengzhou/foil.json")).unwrap();
    watching.follows();
    assert_ne!(fs::metadata(&page).unwrap().modified().unwrap(), before);
    let said = watching.says("0 findings, before 1\nchecked 1 of 3 files");
    assert_eq!(said.matches("checked ").count(), 2, "{said}");
}
