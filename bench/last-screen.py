"""Runs a program on a terminal, types, and writes the last screen it drew. Usage: last-screen.py COLUMNS ROWS AWAITED TYPED COMMAND..."""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

columns, rows, awaited, typed, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5:]
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm-256color"
    time.sleep(0.2)
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
seen, sent, deadline = b"", False, time.time() + 60
while time.time() < deadline:
    if select.select([terminal], [], [], 0.5)[0]:
        seen += os.read(terminal, 65536)
    frames = seen.split(b"\x1b[H")
    whole = [f.split(b"\x1b[J")[0] for f in frames[1:] if b"\x1b[J" in f]
    if whole and not sent:
        os.write(terminal, typed.encode())
        sent = True
    if whole and sent and awaited in whole[-1].decode():
        sys.stdout.write(whole[-1].decode().replace("\x1b[K", "") + "\n")
        break
else:
    sys.exit("the screen never came")
os.write(terminal, b"\x1bq")
os.close(terminal)
