// jiantai verify: everything that lies here, and on request what the platform and a printed report say of it.
import { parseArgs } from 'node:util';
import { verifyAgainstPlatform } from '../../core/witness/againstPlatform.ts';
import { findHead } from '../../core/witness/heads.ts';
import { verifyAll } from '../../core/verifyAll.ts';
import type { Command } from '../jiantai.ts';
import { openDataFolder } from './dataFolder.ts';
import { write } from './lines.ts';
import { withSession } from './sync/options.ts';

const failed = (message: string | null): void =>
  void process.stderr.write(`${JSON.stringify({ error: { code: 'VERIFY_FAILED', message } })}\n`);

export const verify: Command = {
  summary: '校验审计链、触发器、采集文件和签名，指出第一处问题；可再与平台见证的、报告上印的链头核对',
  usage: 'jiantai verify --data <文件夹> [--against-platform [--secret-file <文件>]] [--head <报告上印的链头>]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        'against-platform': { type: 'boolean', default: false },
        'secret-file': { type: 'string' },
        head: { type: 'string' },
      },
    });
    const { store, runsFolder, reportsFolder } = openDataFolder(
      values.data === undefined ? [] : ['--data', values.data],
    );
    const typed = values.head;
    let faults: (string | null)[];
    try {
      const result = await verifyAll(store, { runsFolder, reportsFolder });
      const head = typed === undefined ? null : findHead(store, typed);
      write(head === null ? result : { ...result, printedHead: head });
      faults = [result.firstFault, head?.found === false ? `报告上印的链头 ${typed} 不在审计链里。` : null];
    } finally {
      store.close();
    }
    if (values['against-platform']) faults.push(await askPlatform(values.data ?? '', values['secret-file'] ?? null));
    const first = faults.find((fault) => fault !== null) ?? null;
    if (first !== null) failed(first);
    return first === null ? 0 : 1;
  },
};

/** Needs the folder alone, as every command that talks to the platform does. */
function askPlatform(data: string, secretFile: string | null): Promise<string | null> {
  const options = { data, secretFile, json: true, seconds: 0, progress: false, state: null, commission: null, report: null, text: null, subject: null }; // prettier-ignore
  return withSession(options, async ({ context, link }) => {
    const witness = await link.once(() =>
      verifyAgainstPlatform(context.store, (reportNo, revision) => link.askReport(reportNo, revision)),
    );
    // Without a platform there is nobody to ask: the check itself says so.
    const answer = witness ?? (await verifyAgainstPlatform(context.store, () => Promise.resolve(null)));
    write({ platform: answer });
    return answer.firstFault;
  });
}
