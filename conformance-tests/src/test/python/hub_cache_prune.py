"""Compares what `vlm4j cache prune` removes from a Hub cache with what `hf cache prune` removes from a copy of it.

    pip install huggingface_hub
    mvn -q test-compile dependency:build-classpath -pl conformance-tests -am -Dmdep.outputFile=target/test.classpath
    python hub_cache_prune.py CLASS_PATH

CLASS_PATH is the test class path of conformance-tests, its own class folders included.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLD, NEW, THIRD = "a", "b", "c"


def hashed(model, commit):
    """The official client takes for granted that no two repositories have the same commit."""
    return commit * 20 + f"{int(model.name[len('models--org--shape'):]):020x}"


def write(path, text=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def add(model, commit, name, blob, link=True):
    path = model / "snapshots" / hashed(model, commit) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if link:
        write(model / "blobs" / blob, blob)
        path.symlink_to(os.path.relpath(model / "blobs" / blob, path.parent))
    else:
        path.write_text(blob)


def moved(model):
    """A branch that has moved, with one content in both commits, one in a folder, and listings."""
    for commit, own in (OLD, "older"), (NEW, "newer"):
        add(model, commit, "config.json", "shared")
        add(model, commit, "sub/folder/model.safetensors", own)
        write(model / "trees" / f"{hashed(model, commit)}.json", "{}")
        write(model / ".no_exist" / hashed(model, commit) / "absent.json")
    write(model / "refs" / "main", hashed(model, NEW))
    write(model.parent / ".locks" / model.name / "older.lock")


def unnamed(model):
    moved(model)
    (model / "refs" / "main").unlink()
    write(model / "blobs" / "part.01234567.incomplete", "part")


def named_by_a_pull_request(model):
    moved(model)
    write(model / "refs" / "refs" / "pr" / "1", hashed(model, OLD))


def unfinished(model):
    add(model, NEW, "config.json", "shared")
    write(model / "refs" / "main", hashed(model, NEW))
    write(model / "blobs" / "part.01234567.incomplete", "part")
    write(model / "blobs" / "nobody", "in no commit")


def nothing_but_a_listing(model):
    write(model / "trees" / f"{hashed(model, NEW)}.json", "{}")
    write(model / "refs" / "main", hashed(model, NEW))
    write(model / "blobs" / "part.incomplete", "part")


def broken_link(model):
    moved(model)
    (model / "blobs" / "newer").unlink()


def reference_to_nothing(model):
    moved(model)
    write(model / "refs" / "v1", hashed(model, THIRD))


def half_a_reference(model):
    moved(model)
    write(model / "refs" / "v1", "abc")


def file_among_commits(model):
    moved(model)
    write(model / "snapshots" / "file", "x")


def files_of_a_system(model):
    moved(model)
    write(model / "snapshots" / ".DS_Store", "x")
    write(model / "refs" / ".DS_Store", "x")


def copies_instead_of_links(model):
    for commit in OLD, NEW:
        add(model, commit, "config.json", "shared", link=False)
    add(model, THIRD, "config.json", "third", link=False)
    write(model / "refs" / "main", hashed(model, NEW))


def three_commits_two_names(model):
    moved(model)
    add(model, THIRD, "model.safetensors", "older")
    write(model / "refs" / "v1", hashed(model, THIRD))


SHAPES = [moved, unnamed, named_by_a_pull_request, unfinished, nothing_but_a_listing, broken_link, reference_to_nothing,
          half_a_reference, file_among_commits, files_of_a_system, copies_instead_of_links, three_commits_two_names]


def describe(cache):
    return sorted(p.relative_to(cache).as_posix() for p in cache.rglob("*"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "java", Path(folder) / "python"
        for number, shape in enumerate(SHAPES):
            shape(ours / f"models--org--shape{number}")
        before = len(describe(ours))
        shutil.copytree(ours, theirs, symlinks=True)
        subprocess.run(["java", "dev.vlm4j.zoo.cli.Main", "cache", "prune", "--yes", "--cache-dir", ours], check=True,
                       env={**os.environ, "CLASSPATH": sys.argv[1]})
        from huggingface_hub.cli.cache import prune
        prune(cache_dir=str(theirs), yes=True, dry_run=False)
        different = sorted(set(describe(ours)) ^ set(describe(theirs)))
        for path in different:
            print("DIFFERENT", path, "left by", "Java" if (ours / path).exists() else "Python")
        print(f"{len(SHAPES)} repositories, {before} paths, {before - len(describe(ours))} removed,"
              f" {len(different)} differences")
        sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
