// The bus of the virtual curing room: a meter as many makes have it (humidity first, a tenth each), and a second one with
// floats in the other word order; and the profile that reads the first.
import type { SlaveDescription } from './meters/modbus-meters.ts';

const SERIAL = 20_260_101;
const SERIAL_REGISTER = 0x20;

export const curingRoom = {
  slaves(serial?: string): SlaveDescription[] {
    return [
      {
        address: 1,
        serial: Number((serial ?? '').replace(/\D/g, '')) || SERIAL,
        serialRegister: SERIAL_REGISTER,
        values: [
          {
            channel: 'humidity',
            unit: '%',
            bank: 'holding',
            register: 0,
            kind: 'int16',
            order: 'ABCD',
            decimals: 1,
            value: '97.2',
            wander: 0.3,
          },
          {
            channel: 'temperature',
            unit: '℃',
            bank: 'holding',
            register: 1,
            kind: 'int16',
            order: 'ABCD',
            decimals: 1,
            value: '20.1',
            wander: 0.1,
          },
        ],
      },
      {
        address: 2,
        serial: SERIAL + 1,
        values: [
          {
            channel: 'temperature',
            unit: '℃',
            bank: 'input',
            register: 0,
            kind: 'float32',
            order: 'CDAB',
            decimals: 2,
            value: '20.35',
            wander: 0.1,
          },
          {
            channel: 'humidity',
            unit: '%',
            bank: 'input',
            register: 2,
            kind: 'float32',
            order: 'CDAB',
            decimals: 2,
            value: '96.80',
            wander: 0.3,
          },
        ],
      },
    ];
  },
  profile: {
    id: 'virtual-curing-room',
    title: '虚拟养护室温湿度计（湿度在前）',
    slave: 1,
    everyMs: 500,
    values: [
      {
        name: 'humidity',
        function: 3,
        register: 0,
        type: 'int16',
        scale: '0.1',
        unit: '%',
        plausible: { min: '0', max: '100' },
      },
      {
        name: 'temperature',
        function: 3,
        register: 1,
        type: 'int16',
        scale: '0.1',
        unit: '℃',
        plausible: { min: '-40', max: '80' },
      },
    ],
    identity: { function: 3, register: SERIAL_REGISTER, count: 3 },
  },
};
