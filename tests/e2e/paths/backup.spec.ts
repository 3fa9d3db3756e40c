// 备份: set by the administrator, made now, drilled, looked at; and the page of a program whose store is damaged, from
// what was found to the restored data. By keyboard where people would.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '../fixtures.ts';
import { before, enter, leave, received } from './steps.ts';

/** Overwrites the first page of these tables. */
function spoil(store: string, tables: readonly string[]): void {
  const database = new DatabaseSync(store, { readOnly: true });
  const roots = tables.map((name) =>
    Number(database.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(name)?.['rootpage']),
  );
  database.close();
  const file = openSync(store, 'r+');
  for (const root of roots) writeSync(file, Buffer.alloc(4096, 7), 0, 4096, (root - 1) * 4096);
  closeSync(file);
}

const picture = process.env['JIANTAI_PICTURES'];

test('set, made, drilled, and restored after the store was damaged @bench', async ({ app, page }) => {
  test.setTimeout(180_000);
  const target = mkdtempSync(join(tmpdir(), 'jiantai-e2e-backup-'));
  const look = async (name: string): Promise<void> => {
    if (picture !== undefined) await page.screenshot({ path: join(picture, `${name}.png`), fullPage: true });
  };
  try {
    await before(page, (as) => received(as));
    await enter(page, 'admin');
    await page.getByTestId('nav-backup').click();
    await expect(page.getByTestId('backup-standing')).toContainText('还没有一份完好的备份');
    await page.keyboard.press('F2');
    await expect(page.getByTestId('backup-targets')).toBeFocused();
    await page.getByTestId('backup-targets').fill(join(target, 'nothing here'));
    await page.getByTestId('backup-reason').fill('按本机构管理要求');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('error-block')).toContainText('备份盘没有插好');
    await look('backup-settings');
    await page.getByTestId('backup-targets').fill(target);
    await page.getByTestId('backup-save').click();
    await expect(page.getByTestId('backup-target')).toHaveCount(1);

    await page.keyboard.press('Alt+P');
    await expect(page.getByTestId('passphrase-new')).toBeFocused();
    await page.getByTestId('passphrase-new').fill('offener Himmel 3');
    await page.getByTestId('passphrase-again').fill('offener Himmel 3');
    await page.getByTestId('passphrase-reason').fill('按本机构管理要求');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('backup-standing')).toContainText('加密：是');

    await page.keyboard.press('F9');
    await expect(page.getByTestId('backup-row')).toHaveCount(1, { timeout: 60_000 });
    await expect(page.getByTestId('backup-row')).toContainText('完好');
    await page.keyboard.press('F8');
    await page.getByTestId('drill-start').press('Enter');
    await expect(page.getByTestId('backup-standing')).toContainText('上次恢复演练', { timeout: 60_000 });
    await look('backup-targets');
    await page.keyboard.press('F4');
    await expect(page.getByTestId('backup-history-row')).toHaveCount(2);
    await expect(page.getByTestId('backup-history-row').first()).toContainText('可以恢复');
    await look('backup-history');
    await page.keyboard.press('F6');
    await look('backup-retention');
    await page.keyboard.press('F7');
    await expect(page.getByTestId('backup-help')).toContainText('jiantai restore');
    await look('backup-help');
    await leave(page);

    // Ended in order first, so that the file itself holds its pages and not the log beside it.
    await app.restart();
    await app.kill();
    spoil(join(app.dataFolder, 'jiantai.sqlite'), ['sample', 'personQualification']);
    await app.restart();
    await page.reload();
    await expect(page.getByTestId('recovery')).toContainText('数据库文件已损坏', { timeout: 30_000 });
    await page.getByTestId('recovery-look').click();
    await expect(page.getByTestId('recovery-read')).toContainText('委托');
    await expect(page.getByTestId('recovery-backup')).toHaveCount(1);
    await look('recovery');
    await page.getByTestId('recovery-person').fill('黄志明');
    await page.getByTestId('recovery-reason').fill('硬盘损坏');
    await page.getByTestId('recovery-passphrase').fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('error-block').last()).toContainText('口令不对', { timeout: 30_000 });
    await page.getByTestId('recovery-passphrase').fill('offener Himmel 3');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('recovery')).toHaveAttribute('data-state', 'recovered', { timeout: 60_000 });
    await expect(page.getByTestId('recovery')).toContainText('原样保留在 set-aside-');
    await look('recovered');
    await page.getByTestId('recovery-go').press('Enter');
    await enter(page, 'zhiliang');
    await expect(page.getByTestId('nav-backup')).toBeVisible();
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
});
