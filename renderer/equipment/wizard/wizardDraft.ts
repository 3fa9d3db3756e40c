// What the wizard remembers between openings: the choices, never a comparison, which holds only while the instrument
// is connected.
import type { InstrumentDriver, LineSettings, PortFacts } from '../../../shared/contract/instruments.ts';
import type { Typed } from './profileFields.ts';

export const steps = ['port', 'probe', 'driver', 'raw', 'display', 'zero', 'record'] as const;
export type Step = (typeof steps)[number];

export const stepNames: Record<Step, string> = {
  port: '端口',
  probe: '探测',
  driver: '协议与配置',
  raw: '原始数据',
  display: '核对示值',
  zero: '零点',
  record: '确认记录',
};

export interface WizardDraft {
  step: Step;
  path: string;
  line: LineSettings;
  driverId: string;
  /** Typed profiles by driver, so that a look at another driver loses nothing. */
  typed: Record<string, Typed>;
  shown: string;
  unit: string;
  rangeText: string;
  certificateNo: string;
  accuracyClass: string;
  remark: string;
}

export const defaultLine: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

export const emptyDraft = (): WizardDraft => ({
  step: 'port',
  path: '',
  line: defaultLine,
  driverId: '',
  typed: {},
  shown: '',
  unit: '',
  rangeText: '',
  certificateNo: '',
  accuracyClass: '',
  remark: '',
});

const texts = ['path', 'driverId', 'shown', 'unit', 'rangeText', 'certificateNo', 'accuracyClass', 'remark'] as const;

export function acceptDraft(content: unknown): WizardDraft | null {
  const draft = (content ?? {}) as Partial<WizardDraft>;
  const isWhole =
    texts.every((name) => typeof draft[name] === 'string') &&
    steps.includes(draft.step as Step) &&
    typeof draft.line?.baudRate === 'number' &&
    typeof draft.typed === 'object' &&
    draft.typed !== null;
  return isWhole ? (draft as WizardDraft) : null;
}

const parityLetters: Record<LineSettings['parity'], string> = { none: 'N', even: 'E', odd: 'O', mark: 'M', space: 'S' };
/** `9600 8N1` */
export const sayLine = (line: LineSettings): string =>
  `${line.baudRate} ${line.dataBits}${parityLetters[line.parity]}${line.stopBits}`;

/** `1a86 USB2.0-Serial，序列号 A1，插口 1-1.4` */
export function sayPort(port: PortFacts): string {
  const parts = [
    port.manufacturer,
    port.serialNumber === null ? null : `序列号 ${port.serialNumber}`,
    port.place === null ? null : `插口 ${port.place}`,
  ].filter(Boolean);
  if (parts.length > 0) return parts.join('，');
  return port.present ? '系统没有给出名称' : '系统没有列出（网络端口，或转接器没有插）';
}

/** From which step on the port is open and read. */
export const isTrying = (step: Step): boolean => step !== 'port' && step !== 'probe';

/** Why one cannot go on from here; null when one can. */
export function missingFor(
  step: Step,
  draft: WizardDraft,
  drivers: readonly InstrumentDriver[],
  state: { confirmed: boolean; zero: boolean; hasZero: boolean },
): string | null {
  if (step === 'port' && draft.path.trim() === '') return '先选择或填写端口。';
  if (step === 'driver' && !drivers.some(({ id }) => id === draft.driverId)) return '先选择协议。';
  if (step === 'display' && !state.confirmed) return '先核对示值。';
  if (step === 'zero' && state.hasZero && !state.zero) return '先检查零点。';
  return null;
}
