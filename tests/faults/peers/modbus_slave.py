"""An independent Modbus RTU slave (Debian's python3-pymodbus): meters of a curing room on one line.

    /usr/bin/python3 modbus_slave.py <port> <slave,slave,...>

Meter n holds humidity in register 0 and temperature in register 1 (int16, tenths): 95.n % and 20.n degrees;
from register 10 on stands n + 0.5 as float32 in the orders ABCD, CDAB, BADC, DCBA.
"""
import struct
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartSerialServer
from pymodbus.transaction import ModbusRtuFramer

port, slaves = sys.argv[1], [int(each) for each in sys.argv[2].split(",")]


def meter(n):
    words = [0] * 20
    words[0], words[1] = 950 + n, 200 + n
    a, b, c, d = struct.pack(">f", n + 0.5)
    words[10:18] = struct.unpack(">8H", bytes([a, b, c, d, c, d, a, b, b, a, d, c, d, c, b, a]))
    block = ModbusSequentialDataBlock(0, words)
    return ModbusSlaveContext(hr=block, ir=block, zero_mode=True)


context = ModbusServerContext(slaves={n: meter(n) for n in slaves}, single=False)
print("ready", flush=True)
StartSerialServer(context=context, framer=ModbusRtuFramer, port=port, baudrate=9600, ignore_missing_slaves=True)
