"""Compares the Hub cache that vlm4j writes with the one that huggingface_hub writes, and lets each read the other's.

    pip install huggingface_hub
    mvn -q test-compile dependency:build-classpath -pl conformance-tests -am -Dmdep.outputFile=target/test.classpath
    python hub_cache_interchange.py CLASS_PATH

CLASS_PATH is the test class path of conformance-tests, its own class folders included. 20 repository shapes are served
by the Java double; both clients fill a cache each from it. Then the caches are compared path by path, link by link and
byte by byte, and each client reads all files from the other's cache without the Hub.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path



class Java:
    def __init__(self, class_path):
        command = ["java", "-Xmx512m", "dev.vlm4j.conformance.hub.HubShapesProgram"]
        self.process = subprocess.Popen(
            command, env={**os.environ, "CLASSPATH": class_path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8")
        self.endpoint = self.line()
        self.shapes = [tuple(self.line().split("\t")) for _ in range(int(self.line()))]

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the Java program ended")
        return line.rstrip("\n")

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        assert self.line() == "done"

    def quit(self):
        self.process.stdin.write("quit\n")
        self.process.stdin.flush()
        self.process.wait()


def describe(cache):
    """Every file and link of a cache: what it is, where it leads, what it holds."""
    found = {}
    for folder, _, files in os.walk(cache):
        for name in files:
            path = Path(folder) / name
            relative = path.relative_to(cache).as_posix()
            if path.is_symlink():
                found[relative] = ("link", os.readlink(path))
            else:
                found[relative] = ("file", path.read_bytes())
    return found


def python_writes(cache, shapes):
    from huggingface_hub import hf_hub_download, snapshot_download
    from huggingface_hub.errors import EntryNotFoundError

    for repo, revision, absent in shapes:
        snapshot_download(repo, revision=revision, cache_dir=cache)
        if absent:
            try:
                hf_hub_download(repo, absent, revision=revision, cache_dir=cache)
                raise SystemExit("the absent file is there")
            except EntryNotFoundError:
                pass


def python_reads_offline(cache, shapes):
    from huggingface_hub import hf_hub_download, scan_cache_dir, snapshot_download, try_to_load_from_cache

    files = 0
    for repo, revision, absent in shapes:
        folder = Path(snapshot_download(repo, revision=revision, cache_dir=cache, local_files_only=True))
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder).as_posix()
            one = hf_hub_download(repo, name, revision=revision, cache_dir=cache, local_files_only=True)
            assert Path(one).read_bytes() == path.read_bytes()
            files += 1
        if absent:
            cached = try_to_load_from_cache(repo, absent, cache_dir=cache, revision=folder.name)
            assert cached is not None and not isinstance(cached, str), cached
    report = scan_cache_dir(cache)
    assert not report.warnings, report.warnings
    assert len(report.repos) == len(shapes)
    return files


def main():
    java = Java(sys.argv[1])
    os.environ.update(HF_ENDPOINT=java.endpoint, HF_HUB_DISABLE_XET="1", HF_HUB_DISABLE_PROGRESS_BARS="1",
                      HF_HUB_DISABLE_TELEMETRY="1")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HF_HOME"] = folder
        by_java, by_python = os.path.join(folder, "java"), os.path.join(folder, "python")
        java.tell("fetch " + by_java)
        python_writes(by_python, java.shapes)
        ours, theirs = describe(by_java), describe(by_python)
        different = sorted(p for p in ours.keys() | theirs.keys() if ours.get(p) != theirs.get(p))
        for path in different:
            print("DIFFERENT", path, str(ours.get(path))[:200], str(theirs.get(path))[:200])
        files = python_reads_offline(by_java, java.shapes)
        java.tell("read " + by_python)
        java.tell("fetch " + by_python)
        python_writes(by_java, java.shapes)
        after = describe(by_java)
        changed = sorted(p for p in ours.keys() | after.keys() if ours.get(p) != after.get(p))
        print(f"{len(java.shapes)} shapes, {len(ours)} paths in the cache, {files} files read offline by Python;",
              f"{len(different)} differences; {len(changed)} changes when Python fetches into the Java cache")
        java.quit()
        sys.exit(1 if different or changed else 0)


if __name__ == "__main__":
    main()
