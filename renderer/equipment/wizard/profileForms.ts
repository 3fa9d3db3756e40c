// The profiles of drivers as forms: which fields there are, in the trade's words. What a profile may hold is the
// driver's business; the core says field by field what does not fit.
import { textAt, type Field, type Typed } from './profileFields.ts';

const text = (path: string, label: string, more: Partial<Field> = {}): Field => ({
  kind: 'text',
  path,
  label,
  ...more,
});
const number = (path: string, label: string, more: Partial<Field> = {}): Field => ({
  kind: 'number',
  path,
  label,
  ...more,
});
const choice = (path: string, label: string, options: Field['options'], more: Partial<Field> = {}): Field => ({
  kind: 'choice',
  path,
  label,
  ...(options ? { options } : {}),
  initial: options?.[0]?.[0] ?? '',
  ...more,
});

const same = (...values: string[]): [string, string][] => values.map((value) => [value, value]);
const forceUnits = same('kN', 'N', 'tf');
const is =
  (path: string, ...values: string[]) =>
  (typed: Typed): boolean =>
    values.includes(textAt(typed, path));

const hasPoll = (typed: Typed): boolean => textAt(typed, 'poll.command') !== '';

const numberFields = (path: string): Field[] => [
  number(`${path}.offset`, '数字从第几字节起（0 为首字节）'),
  choice(`${path}.encoding`, '编码', [
    ['ascii', 'ASCII 数字'],
    ['bcd', '压缩 BCD'],
    ...same('u16', 'i16', 'u24', 'u32', 'i32', 'float32'),
  ]),
  number(`${path}.size`, '占几字节', { when: is(`${path}.encoding`, 'ascii', 'bcd') }),
  choice(
    `${path}.order`,
    '顺序',
    [
      ['forward', '高位在前'],
      ['reversed', '低位在前'],
    ],
    { when: is(`${path}.encoding`, 'ascii', 'bcd') },
  ),
  choice(
    `${path}.byteOrder`,
    '字节序',
    [
      ['BE', '高字节在前'],
      ['LE', '低字节在前'],
    ],
    { when: (typed) => !is(`${path}.encoding`, 'ascii', 'bcd', '')(typed) },
  ),
  number(`${path}.decimals`, '小数位数', { initial: '0' }),
];

const machineFields = [
  text('range_kN', '量程（kN）', { hint: '超出即为超载，不是读数' }),
  number('decimals', '小数位数'),
  text('zero_kN', '零点（kN，每个读数减去它）', { initial: '0' }),
];

export const profileForms: Readonly<Record<string, readonly Field[]>> = {
  'line-profile': [
    text('title', '名称'),
    choice('separator', '列分隔', [
      [',', '逗号 ,'],
      [';', '分号 ;'],
      ['tab', '制表符'],
      ['blank', '空格（一个或多个）'],
      ['|', '竖线 |'],
    ]),
    choice('decimal', '小数点', [
      ['.', '点 .'],
      [',', '逗号 ,'],
    ]),
    choice('terminator', '行结束', [
      ['any', '自动（CR、LF 或 CRLF）'],
      ['CRLF', 'CRLF'],
      ['CR', 'CR'],
      ['LF', 'LF'],
    ]),
    number('headerLines', '连接后的表头行数', { initial: '0' }),
    text('range_kN', '量程（kN）', { hint: '超出即为超载，不是读数' }),
    {
      kind: 'rows',
      path: 'columns',
      label: '各列的含义（按顺序，力值一列）',
      addLabel: '加一列',
      row: [
        choice('role', '含义', [
          ['ignore', '不用'],
          ['load', '力值'],
          ['time', '时间'],
          ['displacement', '位移'],
          ['extension', '变形（引伸计）'],
          ['seq', '序号'],
        ]),
        choice('unit', '单位', forceUnits, { when: (_, row) => row['role'] === 'load' }),
        choice('unit', '单位', same('s', 'ms', 'min'), { when: (_, row) => row['role'] === 'time' }),
        choice('unit', '单位', same('mm', 'um', 'cm'), {
          when: (_, row) => row['role'] === 'displacement',
        }),
        choice('unit', '单位', same('mm', 'um'), { when: (_, row) => row['role'] === 'extension' }),
      ],
    },
  ],
  'frame-profile': [
    text('title', '名称'),
    text('start', '起始字节（十六进制）', { hint: '例如 02 或 A5 5A' }),
    text('end', '结束字节（十六进制，可不填）'),
    number('length', '帧长（字节，含起始和结束）'),
    ...numberFields('value'),
    choice('unit', '单位', same('kN', 'N', 'tf', 'kg', 'g', 'mg', 't', 'mm', 'um', '℃', '%', 'MPa')),
    choice('quantity', '用途', [
      ['reading', '读数'],
      ['load', '试验机的力值'],
    ]),
    choice('sign.kind', '正负号', [
      ['inside', '在数字里，或没有负值'],
      ['byte', '由一个字节表示'],
      ['bit', '由一位表示'],
    ]),
    number('sign.offset', '符号在第几字节', { when: is('sign.kind', 'byte', 'bit') }),
    text('sign.negative', '负号的字节', { when: is('sign.kind', 'byte'), hint: '例如 2D' }),
    text('sign.positive', '正号的字节', { when: is('sign.kind', 'byte'), hint: '例如 2B' }),
    number('sign.bit', '第几位为 1 表示负', { when: is('sign.kind', 'bit') }),
    choice('checksum.kind', '校验', [
      ['none', '没有'],
      ['xor', '异或'],
      ['sum8', '累加和（低 8 位）'],
      ['crc16', 'CRC-16（Modbus）'],
    ]),
    number('checksum.from', '校验从第几字节', { when: is('checksum.kind', 'xor', 'sum8', 'crc16') }),
    number('checksum.to', '到第几字节', { when: is('checksum.kind', 'xor', 'sum8', 'crc16') }),
    number('checksum.at', '校验字节在第几字节', { when: is('checksum.kind', 'xor', 'sum8', 'crc16') }),
    choice(
      'checksum.form',
      '校验的写法',
      [
        ['byte', '一个字节'],
        ['hex', '两个十六进制字符'],
      ],
      { when: is('checksum.kind', 'xor', 'sum8') },
    ),
    choice(
      'checksum.byteOrder',
      '校验字节序',
      [
        ['LE', '低字节在前'],
        ['BE', '高字节在前'],
      ],
      { when: is('checksum.kind', 'crc16') },
    ),
    number('repeat', '连续几帧相同才采信', { initial: '1', hint: '没有校验也没有结束字节时至少 3' }),
    text('range', '量程', { hint: '与读数同单位，超出即为超载' }),
    text('poll.command', '询问命令（十六进制，可不填）', { hint: '仪器自己连续发送时不填' }),
    number('poll.everyMs', '询问间隔（毫秒）', { when: hasPoll, initial: '200' }),
    number('poll.replyTimeoutMs', '应答时限（毫秒）', { when: hasPoll, initial: '500' }),
  ],
  modbus: [
    text('title', '名称'),
    number('slave', '从站地址', { initial: '1' }),
    number('everyMs', '询问间隔（毫秒）', { initial: '1000' }),
    {
      kind: 'rows',
      path: 'values',
      label: '寄存器表',
      addLabel: '加一个量',
      row: [
        text('name', '代号（小写英文）', { hint: 'temperature、humidity、load' }),
        choice(
          'function',
          '功能码',
          [
            ['3', '03 保持寄存器'],
            ['4', '04 输入寄存器'],
          ],
          { numeric: true },
        ),
        number('register', '寄存器（从 0 起）'),
        choice('type', '类型', same('int16', 'uint16', 'int32', 'uint32', 'float32')),
        choice('order', '字序', same('ABCD', 'CDAB', 'BADC', 'DCBA'), {
          when: (_, row) => !['int16', 'uint16'].includes(textAt(row, 'type')),
        }),
        text('scale', '系数', { initial: '1' }),
        text('unit', '单位'),
        text('plausible.min', '可能的下限'),
        text('plausible.max', '可能的上限'),
      ],
    },
    text('load', '哪一个是力值（试验机才填代号）'),
  ],
  'xk3190-reversed': [
    choice('unit', '单位', same('kg', 'g', 't')),
    choice('orientation', '字符顺序', [
      ['reversed', '低位在前（反序）'],
      ['forward', '高位在前'],
    ]),
    number('length', '两个“=”之间的字符数', { initial: '7' }),
  ],
  digimatic: [
    choice('unit', '单位', same('mm', 'in')),
    { kind: 'check', path: 'bareNumbers', label: '接口盒只发送数字，没有通道号' },
  ],
  'ai-bus': [
    number('address', '仪表地址', { initial: '1' }),
    choice('unit', '单位', same('℃')),
    number('decimals', '小数位数（dPt）'),
  ],
  'xk3190-a9': [choice('unit', '单位', same('kg', 'g', 't'))],
  toledo: [{ kind: 'check', path: 'checksum', label: '帧尾有校验字节' }],
  jianyi: [number('replyLength', '应答长度（字节）'), text('range_kN', '量程（kN）')],
  'kent-lcd': machineFields,
  'kent-ad': [...machineFields, text('span', '满量程（标定值）')],
  'kent-led': [text('range_kN', '量程（kN）'), number('frameLength', '帧长（字节）')],
  'kent-new': [text('range_kN', '量程（kN）')],
  'oke-pressure': [text('range_kN', '量程（kN）')],
  'oke-universal': [text('range_kN', '量程（kN）')],
  weihai: [text('range_kN', '量程（kN）')],
};
