// The four settings of a serial line.
import type { LineSettings } from '../../../shared/contract/instruments.ts';

const bauds = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600];
const parities: readonly [LineSettings['parity'], string][] = [
  ['none', '无 N'],
  ['even', '偶 E'],
  ['odd', '奇 O'],
  ['mark', '恒 1'],
  ['space', '恒 0'],
];

export function LineFields({ line, onChange }: { line: LineSettings; onChange: (line: LineSettings) => void }) {
  const known = bauds.includes(line.baudRate) ? bauds : [...bauds, line.baudRate].sort((a, b) => a - b);
  return (
    <div className="jt-line-fields">
      <label className="jt-field">
        <span>波特率</span>
        <select
          className="jt-input"
          value={line.baudRate}
          onChange={(event) => onChange({ ...line, baudRate: Number(event.target.value) })}
          data-testid="line-baud"
        >
          {known.map((baud) => (
            <option key={baud}>{baud}</option>
          ))}
        </select>
      </label>
      <label className="jt-field">
        <span>数据位</span>
        <select
          className="jt-input"
          value={line.dataBits}
          onChange={(event) => onChange({ ...line, dataBits: Number(event.target.value) as LineSettings['dataBits'] })}
        >
          {[7, 8].map((bits) => (
            <option key={bits}>{bits}</option>
          ))}
        </select>
      </label>
      <label className="jt-field">
        <span>校验</span>
        <select
          className="jt-input"
          value={line.parity}
          onChange={(event) => onChange({ ...line, parity: event.target.value as LineSettings['parity'] })}
        >
          {parities.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="jt-field">
        <span>停止位</span>
        <select
          className="jt-input"
          value={line.stopBits}
          onChange={(event) => onChange({ ...line, stopBits: Number(event.target.value) as LineSettings['stopBits'] })}
        >
          {[1, 2].map((bits) => (
            <option key={bits}>{bits}</option>
          ))}
        </select>
      </label>
    </div>
  );
}
