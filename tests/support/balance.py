#!/usr/bin/env python3
"""An instrument on a pseudo-terminal, written without a line of the program it is tested against.

usage: balance.py LINK [mode]      modes: sics (answers), sics-stream, press (load lines), a9 (XK3190-A9), modbus
Standard input takes words, one line each:
    weight 52.34      what lies on it            unstable / stable      state of the reading
    overload / ready  over the range             mute / speak           answers or not
    parity / plain    7E1 seen as 8N1            garbage / clean        noise instead of data
    serial TEXT       another instrument         pull                   the cable comes out (ends)
Prints READY when the port is there.
"""
import os, pty, random, select, sys, threading, time, tty

link, mode = sys.argv[1], (sys.argv[2] if len(sys.argv) > 2 else 'sics')
state = {'weight': '0.00', 'stable': True, 'over': False, 'mute': False, 'parity': False, 'garbage': False,
         'serial': 'B123456789', 'count': 0}
master, slave = pty.openpty()
tty.setraw(slave)
tty.setraw(master)
if os.path.lexists(link):
    os.unlink(link)
os.symlink(os.ttyname(slave), link)
random.seed(7)


def send(data):
    if state['mute']:
        return
    if state['garbage']:
        data = bytes(random.choice((0x00, 0x80, 0xF8, 0xE0, 0x1C, 0xFE, 0x9C)) for _ in data)
    elif state['parity']:
        data = bytes(b | (0x80 if bin(b & 0x7F).count('1') % 2 else 0) for b in data)
    os.write(master, data)


def sics(command):
    if command in (b'S', b'SI', b'SIR'):
        if state['over']:
            return b'S +\r\n'
        letter = b'S' if state['stable'] else b'D'
        return b'S ' + letter + b' ' + state['weight'].rjust(10).encode() + b' g\r\n'
    if command == b'I4' and state['serial'] == '-':
        return b''
    if command == b'I4':
        return b'I4 A "' + state['serial'].encode() + b'"\r\n'
    if command in (b'Z', b'T'):
        sys.stderr.write('CHANGED ' + command.decode() + '\n')
        return command + b' A\r\n'
    return b'ES\r\n'


def stream():
    state['count'] += 1
    if mode == 'press':
        return b'%d,%.3f,%s,0.500\r\n' % (state['count'], state['count'] / 20, state['weight'].encode())
    if mode == 'a9':
        number = state['weight'].replace('-', '')
        whole, _, part = number.partition('.')
        body = (b'-' if state['weight'].startswith('-') else b'+') + (whole + part).rjust(6, '0').encode() + str(len(part)).encode()
        check = 0
        for byte in body:
            check ^= byte
        return b'\x02' + body + b'%02X' % check + b'\x03'
    return sics(b'SI')


def crc(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return bytes((value & 0xFF, value >> 8))


def modbus(request):
    if len(request) != 8 or crc(request[:6]) != request[6:] or request[0] != 1 or request[1] != 3:
        return b''
    count = request[5]
    registers = [round(float(state['weight']) * 10) & 0xFFFF, 625, 0, 0]
    body = bytes((1, 3, count * 2)) + b''.join(r.to_bytes(2, 'big') for r in registers[:count])
    return body + crc(body)


def control():
    for line in sys.stdin:
        word, _, rest = line.strip().partition(' ')
        if word == 'weight':
            state['weight'] = rest
        elif word == 'serial':
            state['serial'] = rest
        elif word in ('stable', 'unstable'):
            state['stable'] = word == 'stable'
        elif word in ('overload', 'ready'):
            state['over'] = word == 'overload'
        elif word in ('mute', 'speak'):
            state['mute'] = word == 'mute'
        elif word in ('parity', 'plain'):
            state['parity'] = word == 'parity'
        elif word in ('garbage', 'clean'):
            state['garbage'] = word == 'garbage'
        elif word == 'pull':
            break
        print('OK ' + word, flush=True)
    if os.path.lexists(link):
        os.unlink(link)
    os._exit(0)


threading.Thread(target=control, daemon=True).start()
print('READY', flush=True)
pending, next_at = b'', time.monotonic()
while True:
    readable, _, _ = select.select([master], [], [], 0.05)
    if readable:
        pending += os.read(master, 4096)
        if mode == 'modbus':
            answer, pending = modbus(pending), b''
            if answer:
                send(answer)
        elif mode == 'sics':
            while b'\r\n' in pending:
                command, pending = pending.split(b'\r\n', 1)
                send(sics(command.strip()))
            pending = pending[-64:]
        else:
            pending = b''
    if mode in ('press', 'a9', 'sics-stream') and time.monotonic() >= next_at:
        next_at = time.monotonic() + 0.05
        send(stream())
