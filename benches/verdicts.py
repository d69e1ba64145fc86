#!/usr/bin/env python3
"""verdicts.py REPORT: what a json report of `plancheck check` found, as the corpus generator's `check` reads it.

One line a proposal, `{"i": 0, "path": "anyang/000000.json", "violated": ["R3"]}`: its number where the proposals stood in one
file, its path where each had a file of its own. A directive that could not be decided counts as violated, so that nothing
passes that was not checked.
"""
import json
import os.path
import sys


def main(path):
    with open(path, encoding="utf-8") as file:
        proposals = json.load(file)["proposals"]
    alone = all(proposal["index"] == 0 for proposal in proposals) and len(proposals) > 1
    for proposal in proposals:
        # Findings on the shape (`proposal/…`) are not among the twelve rules: the directives say what those ask.
        codes = sorted({f["code"] for f in proposal["findings"] if "/" not in f["code"]})
        if alone:
            folder, name = os.path.split(proposal["path"])
            place = {"path": f"{os.path.basename(folder)}/{name}"}
        else:
            place = {"i": proposal["index"]}
        print(json.dumps({**place, "violated": codes}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
