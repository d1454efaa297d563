"""Starts a headless Neovim on a file outside of the source tree."""

import os
import shutil
import subprocess
import sys
import tempfile

program, folder = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
with tempfile.TemporaryDirectory() as root:
    path = shutil.copy(os.path.join(here, "neovim.cpp"), os.path.realpath(root))
    environment = dict(os.environ, LEAK_CLANGD=program)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                 "XDG_CACHE_HOME"):
        environment[name] = folder
    result = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", path,
         "-c", "luafile " + os.path.join(here, "neovim.lua")],
        env=environment, cwd=root, timeout=300, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
print(result.stdout)
sys.exit(result.returncode)
