//! The Dockerfile: what an image of it would be. `run.sh` builds it where there is Docker, else its program alone.

use super::read;

/// The instructions, each with its arguments on one line.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile");
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let joined = lines.join("\n").replace("\\\n", "");
    let whole = joined.lines().filter(|line| !line.trim().is_empty());
    whole.map(|line| line.split_once(' ').unwrap()).map(|(word, rest)| (word.to_owned(), rest.to_owned())).collect()
}

/// The stages: what each is made from, and its instructions.
fn stages() -> Vec<(String, Vec<(String, String)>)> {
    let mut stages: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (word, rest) in instructions() {
        match word.as_str() {
            "FROM" => stages.push((rest, Vec::new())),
            _ => stages.last_mut().expect("FROM stands first").1.push((word, rest)),
        }
    }
    stages
}

#[test]
fn the_image_is_made_from_nothing() {
    let stages = stages();
    let (from, own) = stages.last().unwrap();
    assert_eq!(from, "scratch");
    let words: Vec<&str> = own.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["COPY", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]);
    assert!(own.contains(&("COPY".to_owned(), "--from=build /image/ /".to_owned())));
    let entry = own.iter().find(|(word, _)| word == "ENTRYPOINT").unwrap();
    assert_eq!(serde_json::from_str::<Vec<String>>(&entry.1).unwrap(), ["/usr/local/bin/plancheck"]);
}

#[test]
fn no_image_runs_as_root() {
    let images: Vec<_> = stages().into_iter().skip(1).collect();
    assert_eq!(images.len(), 2);
    for (from, own) in images {
        let users: Vec<&String> = own.iter().filter(|(word, _)| word == "USER").map(|(_, user)| user).collect();
        let [user] = users.as_slice() else { panic!("{from}: {users:?}") };
        // Numbers, because an image from nothing knows no names.
        let numbers: Vec<u32> = user.split(':').map(|number| number.parse().unwrap()).collect();
        assert!(numbers.len() == 2 && numbers.iter().all(|number| *number > 0), "{from}: {user}");
    }
}

#[test]
fn the_compiler_is_the_one_that_the_package_asks_for() {
    let manifest = read("Cargo.toml");
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \"")).unwrap();
    let expected = format!("rust:{}-alpine AS build", version.trim_end_matches('"'));
    assert_eq!(stages()[0].0, expected);
}

#[test]
fn what_is_built_is_what_was_locked_and_nothing_is_fetched_besides() {
    let build = &stages()[0].1;
    let runs: Vec<&String> = build.iter().filter(|(word, _)| word == "RUN").map(|(_, run)| run).collect();
    assert!(runs.iter().any(|run| run.contains("cargo build --release --locked --bin plancheck")));
    assert!(runs.iter().all(|run| !run.contains("curl") && !run.contains("wget")));
    assert!(build.iter().all(|(word, _)| word != "ADD"));
    assert!(read(".dockerignore").lines().any(|line| line == "target"));
}
