// Scanners on serial ports: opened while the core runs, each told to the window of its workstation as if the scan had been
// typed there. And the rule by which windows recognise a scanner at the keyboard's plug.
import { z } from 'zod';
import {
  scannerRuleSchema,
  type scannerListSchema,
  type ScannerRule,
  type setScannerInputSchema,
} from '../../../shared/instrument-files/scanners.ts';
import { anyCode } from '../../../shared/instrument-files/scanCode.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { barcodeSerial } from '../../instruments/drivers/barcode.ts';
import type { InstrumentHost } from '../../instruments/host.ts';
import type { Caller, Context, SomeHandlers } from '../context.ts';

/** The scanner that types: its rule is kept here, its port is the keyboard's. */
const WEDGE = 'wedge';
const channelPrefix = 'scanner:';
export const isScannerChannel = (channelId: string): boolean => channelId.startsWith(channelPrefix);

const settingSchema = z.object({
  scannerId: z.string(),
  path: z.string(),
  baudRate: z.number().int(),
  workstation: z.string().nullable(),
  rule: scannerRuleSchema,
});
type Setting = z.infer<typeof settingSchema>;

type Host = Pick<InstrumentHost, 'on' | 'openChannel' | 'closeChannel' | 'channelState'>;
const keyOf = (scannerId: string): string => `scanner.${scannerId}`;

export class Scanners {
  readonly handlers: SomeHandlers<'scanners.list' | 'scanners.set'>;
  readonly #context: Context;
  readonly #host: Host;
  readonly #settings = new Map<string, Setting>();
  #wedge: ScannerRule = anyCode;

  constructor(context: Context, host: Host) {
    this.#context = context;
    this.#host = host;
    for (const row of context.store.all(`SELECT value FROM setting WHERE key LIKE 'scanner.%' AND value <> ''`)) {
      const setting = settingSchema.parse(JSON.parse(String(row['value'])));
      if (setting.scannerId === WEDGE) this.#wedge = setting.rule;
      else this.#settings.set(setting.scannerId, setting);
    }
    host.on('reading', ({ channelId, event }) => {
      const setting = isScannerChannel(channelId)
        ? this.#settings.get(channelId.slice(channelPrefix.length))
        : undefined;
      if (setting === undefined) return;
      if (event.kind === 'info' && event.info === 'barcode' && event.value !== undefined)
        context.emit({ type: 'scan', code: event.value, workstation: setting.workstation });
      else if (event.kind === 'error') context.log('warn', `scanner ${setting.scannerId}`, { code: event.code });
    });
    this.handlers = {
      'scanners.list': (_, caller) => this.#list(caller),
      'scanners.set': async (input, caller) => {
        await this.#set(input, caller);
        return this.#list(caller);
      },
    };
  }

  /** A scanner that is not there must not keep the program from starting. */
  start(): void {
    for (const setting of this.#settings.values()) void this.#open(setting);
  }

  #list({ actor }: Caller): z.infer<typeof scannerListSchema> {
    return {
      here: actor.workstation,
      wedge: this.#wedge,
      scanners: [...this.#settings.values()].map((setting) => {
        const { state, reason } = this.#host.channelState(`${channelPrefix}${setting.scannerId}`);
        return { ...setting, state, trouble: reason ?? null };
      }),
    };
  }

  async #set({ reason, ...input }: z.output<typeof setScannerInputSchema>, caller: Caller): Promise<void> {
    const { store } = this.#context;
    if (input.rule.minLength > input.rule.maxLength)
      throw refuse('SCANNER_RULE', '最短长度大于最长长度。', '请核对后再保存。');
    const isWedge = input.scannerId === WEDGE;
    if (!isWedge && input.path !== '') this.#refuseTaken(input.path, input.scannerId);
    const removed = !isWedge && input.path === '';
    const value = removed ? '' : JSON.stringify(input);
    store.transact(caller.actor, (tx) => tx.put('setting', { key: keyOf(input.scannerId), value }, reason));
    if (isWedge) {
      this.#wedge = input.rule;
      return;
    }
    if (this.#settings.delete(input.scannerId)) await this.#host.closeChannel(`${channelPrefix}${input.scannerId}`);
    if (removed) return;
    this.#settings.set(input.scannerId, input);
    await this.#open(input);
  }

  #refuseTaken(path: string, scannerId: string): void {
    const machine = this.#context.store.first(
      `SELECT equipmentId FROM equipment WHERE json_extract(portJson, '$.path') = ?`,
      path,
    );
    const other = [...this.#settings.values()].find(
      (setting) => setting.path === path && setting.scannerId !== scannerId,
    );
    const owner = machine ? `设备 ${String(machine['equipmentId'])}` : other ? `扫码枪 ${other.scannerId}` : null;
    if (owner !== null) throw refuse('PORT_TAKEN', `串口 ${path} 已经设给${owner}。`, '请核对接线。');
  }

  async #open({ scannerId, path, baudRate, rule }: Setting): Promise<void> {
    try {
      await this.#host.openChannel({
        channelId: `${channelPrefix}${scannerId}`,
        path,
        line: { ...barcodeSerial.defaultLine, baudRate },
        driver: { id: barcodeSerial.id, profile: rule },
      });
    } catch (cause) {
      this.#context.log('warn', `scanner ${scannerId} not opened`, { cause: String(cause) });
    }
  }
}

const refuse = (code: string, message: string, next: string): AppError =>
  new AppError({ code, message, meaning: '没有保存。', next });
