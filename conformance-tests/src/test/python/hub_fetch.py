"""Fetches all files of a repository with huggingface_hub, without its locks: other processes fetch the same files meanwhile.

    HF_ENDPOINT=... HF_HUB_CACHE=... python hub_fetch.py ORG/NAME

Started by HubProcessesTest. That every process may hold the same lock is what some network file systems do.
"""

import contextlib
import pathlib
import sys

from huggingface_hub import file_download, snapshot_download


class WithoutLocks(type(pathlib.Path())):
    """A path that makes no folder for locks, which is a file in this test."""

    def mkdir(self, *args, **kwargs):
        if ".locks" not in self.parts:
            super().mkdir(*args, **kwargs)


file_download.WeakFileLock = lambda *args, **kwargs: contextlib.nullcontext()
file_download.Path = WithoutLocks
print(snapshot_download(sys.argv[1]))
