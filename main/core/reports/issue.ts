// After the platform gave the code: the coded file is made from the frozen content, kept, and queued for filing. Equal
// content gives equal bytes, so that a crash in between makes the same file again and nothing is filed twice.
import type { ReportContent } from '../../../shared/reports/test-report.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { programActor, type Context } from '../context.ts';
import { queue } from '../provincial/outbox.ts';

const actor = programActor('报告签发');

export class ReportIssuer {
  readonly #context: Context;
  readonly #renderer: ReportRenderer;
  #running: Promise<void> = Promise.resolve();

  constructor(context: Context, renderer: ReportRenderer) {
    this.#context = context;
    this.#renderer = renderer;
  }

  /** Makes every coded file that is still to be made; one after the other. */
  sweep(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#issueAll())
      .catch((cause: unknown) => {
        this.#context.log('error', 'coded report not made', { cause: String(cause) });
      });
    return this.#running;
  }

  async #issueAll(): Promise<void> {
    const { store } = this.#context;
    const rows = store.all(
      'SELECT reportKey, reportNo, revision, commissionNo, contentJson, code, verifyUrl FROM report WHERE code IS NOT NULL AND codedSha256 IS NULL',
    );
    for (const row of rows) {
      const content = JSON.parse(String(row['contentJson'])) as ReportContent;
      const coded = { ...content, code: { code: String(row['code']), verifyUrl: String(row['verifyUrl']) } };
      const sha256 = this.#context.files.keep(await this.#renderer.renderReport(coded, { coded: true }), 'pdf');
      store.transact(actor, (tx) => {
        if (tx.get('report', String(row['reportKey']))?.['codedSha256'] !== null) return;
        tx.update('report', String(row['reportKey']), { codedSha256: sha256 });
        if (!tx.get('media', sha256))
          tx.insert('media', {
            sha256,
            path: `reports/${sha256}.pdf`,
            bytes: this.#context.files.read(sha256, 'pdf').length,
            kind: 'report',
          });
        queue(tx, {
          kind: 'report-file',
          commissionNo: String(row['commissionNo']),
          key: String(row['reportNo']),
          revision: Number(row['revision']),
          sha256,
        });
      });
    }
  }
}
