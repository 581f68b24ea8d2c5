"""Writes what a login of ModelScope's client leaves (modelscope_hub 0.5.1 and requests, nothing is asked of a server).

    python modelscope_login.py OUT.pickle --token TOKEN --endpoint URL [--protocol N] [--expires SECONDS]

Without --expires the cookie never expires, so that recorded files stay usable.
"""

import argparse
import pathlib
import pickle
import tempfile

from modelscope_hub import HubConfig


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--token", required=True)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--protocol", type=int, default=pickle.DEFAULT_PROTOCOL)
    parser.add_argument("--expires", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        config = HubConfig(endpoint=arguments.endpoint, config_dir=pathlib.Path(home))
        config.save_token(arguments.token)
        jar = config.load_cookies()
    jar.set("visits", "3", domain="tracker.example", path="/")
    for cookie in jar:
        cookie.expires = arguments.expires
    arguments.out.write_bytes(pickle.dumps(jar, arguments.protocol))


if __name__ == "__main__":
    main()
