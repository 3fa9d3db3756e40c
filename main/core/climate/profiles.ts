// Register profiles of usual temperature and humidity meters. The same request means humidity first on one make and
// temperature first on another: a profile is right when somebody has seen the display agree.
import type { ModbusProfileInput } from '../../instruments/drivers/modbus/index.ts';
import type { ClimateProfile } from '../../../shared/climate/calls.ts';

type Value = ModbusProfileInput['values'][number];

const common = { everyMs: 20_000, replyTimeoutMs: 500 };
const tenth = { scale: '0.1' } as const;
const temperatureBand = { min: '-40', max: '80' };
const humidityBand = { min: '0', max: '100' };
const temperature = (code: 3 | 4, register: number, more: Partial<Value> = tenth): Value => ({
  name: 'temperature',
  function: code,
  register,
  type: 'int16',
  unit: '℃',
  plausible: temperatureBand,
  ...more,
});
const humidity = (code: 3 | 4, register: number, more: Partial<Value> = tenth): Value => ({
  name: 'humidity',
  function: code,
  register,
  type: 'uint16',
  unit: '%',
  plausible: humidityBand,
  ...more,
});

const line = (baudRate: number): ModbusProfileInput['line'] => ({ baudRate });
const profile = (
  id: string,
  title: string,
  baudRate: number,
  values: Value[],
): ModbusProfileInput & { title: string } => ({ id, title, slave: 1, values, line: line(baudRate), ...common });

const float = { type: 'float32', order: 'ABCD' } as const;
const ready: { input: ModbusProfileInput & { title: string }; hint: string }[] = [
  {
    input: profile('humidity-first', '湿度在前（建大仁科式，功能码 03）', 4800, [humidity(3, 0), temperature(3, 1)]),
    hint: '寄存器 0 为湿度、1 为温度，均除以 10；常见 4800 波特。未经实机验证，须与显示值核对。',
  },
  {
    input: profile('temperature-first', '温度在前（RS485-TH 式，功能码 03）', 9600, [
      temperature(3, 0),
      humidity(3, 1),
    ]),
    hint: '寄存器 0 为温度、1 为湿度，均除以 10。请求与“湿度在前”完全相同，务必与显示值核对。',
  },
  {
    input: profile('xy-md02', 'XY-MD02／SHT20（功能码 04）', 9600, [temperature(4, 1), humidity(4, 2)]),
    hint: '输入寄存器 1 为温度、2 为湿度，均除以 10；另有除以 100 的型号，系数要改成 0.01。',
  },
  {
    input: profile('float-first', '浮点数（DDM18SD 式，功能码 04）', 9600, [
      temperature(4, 0, { ...float, scale: '1' }),
      humidity(4, 2, { ...float, scale: '1' }),
    ]),
    hint: '寄存器 0–1 为温度、2–3 为湿度，ABCD 次序的浮点数；只有温度的仪表请删去湿度一项。次序须与显示值核对。',
  },
];

export const readyProfiles: ClimateProfile[] = ready.map(({ input, hint }) => ({
  id: input.id,
  title: input.title,
  hint,
  profile: JSON.stringify(input, null, 2),
}));

/** The virtual meters of the training lab: what the input of a ready profile is, at another address. */
export function readyProfile(id: string, slave: number): ModbusProfileInput & { title: string } {
  const found = ready.find(({ input }) => input.id === id);
  if (!found) throw new Error(`no ready profile ${id}`);
  return { ...found.input, slave };
}
