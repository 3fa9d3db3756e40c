"""An independent machine that streams lines: `seq,monotonic seconds,load,displacement` at an exact rate.

    python3 line_writer.py <port> <lines per second> <seconds>

The time column is the moment of writing on the system's monotonic clock, which every process of a machine shares.
Prints how many lines were written and how late the worst one was.
"""
import os
import sys
import termios
import time

port, rate, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
fd = os.open(port, os.O_WRONLY | os.O_NOCTTY)
mode = termios.tcgetattr(fd)
mode[1] &= ~termios.OPOST
termios.tcsetattr(fd, termios.TCSANOW, mode)
count = int(rate * seconds)
start = time.monotonic()
worst = 0.0
for seq in range(count):
    due = start + seq / rate
    rest = due - time.monotonic()
    if rest > 0:
        time.sleep(rest)
    now = time.monotonic_ns()
    worst = max(worst, now / 1e9 - due)
    load = (seq % 4000) / 10
    line = b"%d,%d.%09d,%.1f,%.3f\r\n" % (seq, now // 10**9, now % 10**9, load, load / 100)
    while line:
        line = line[os.write(fd, line):]
print('{"written": %d, "worstMs": %.1f}' % (count, worst * 1000), flush=True)
# The reader still has to take what lies in the terminal.
time.sleep(1)
