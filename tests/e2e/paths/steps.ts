// Steps that several paths share: work that people of an earlier role have done, said through the contract; keys as a
// person presses them; a scanner, which types as fast as a machine does.
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { exampleCommission, exampleSample } from '../../../main/core/training/example.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import type { Reply } from '../../../shared/contract/call.ts';
import { createClient, type ContractClient } from '../../../shared/contract/client.ts';
import type { Commission, CommissionInput, SampleInput } from '../../../shared/entities/commission.ts';
import type { TestRecord } from '../../../shared/entities/record.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { expect } from '../fixtures.ts';

export const today = (): string => toCalendarDay(Date.now());
/** Specimens made on this day are due today. */
export const madeOn = (): string => addDays(today(), -28);

/** The contract as the page itself reaches it, in every shell. */
export function clientOf(page: Page): ContractClient {
  return createClient({
    subscribe: () => () => undefined,
    send: (name, input) =>
      page.evaluate(
        async ([callName, callInput]) => {
          const bridge = (window as unknown as { jiantai?: { call(name: string, input: unknown): Promise<Reply> } })
            .jiantai;
          if (bridge !== undefined) return bridge.call(callName, callInput);
          const response = await fetch('/rpc', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ name: callName, input: callInput }),
          });
          return (await response.json()) as Reply;
        },
        [name, input] as const,
      ),
  });
}

/** Signs a training user in (or a user made in the test) and answers with the contract in their name. */
export type As = (username: string) => Promise<ContractClient>;

/** What others did before the person whose path is tested sits down; ends at the sign-in screen. */
export async function before<T>(page: Page, work: (as: As) => Promise<T>): Promise<T> {
  const client = clientOf(page);
  const result = await work(async (username) => {
    await client.call('session.signIn', { username, password: trainingPassword });
    return client;
  });
  await client.call('session.signOut', {});
  await page.reload();
  await expect(page.getByTestId('signin-username')).toBeFocused();
  return result;
}

/** Grade C20, so that the virtual machine is soon done with it. */
export const sampleOf = (more: Partial<SampleInput> & { designGrade?: string } = {}): SampleInput =>
  exampleSample({ designGrade: 'C20', ...more });

export const commissionOf = (samples: SampleInput[]): CommissionInput => exampleCommission({ samples });

export async function received(
  as: As,
  ...samples: (Partial<SampleInput> & { designGrade?: string })[]
): Promise<Commission> {
  const receiver = await as('shouyang');
  return receiver.call(
    'commissions.register',
    commissionOf((samples.length === 0 ? [{}] : samples).map((more) => sampleOf(more))),
  );
}

export async function taskOf(client: ContractClient, sampleNo: string): Promise<string> {
  const found = await client.call('scan.resolve', { code: sampleNo });
  expect(found.taskId).not.toBeNull();
  return found.taskId!;
}

/** Three specimens of the first sample pressed at E001, environment filled in; not signed. */
export async function pressed(as: As, commission: Commission): Promise<TestRecord> {
  const technician = await as('jiance');
  const taskId = await taskOf(technician, commission.samples[0]!.sampleNo);
  const { recordNo } = await technician.call('bench.open', { taskId, equipmentId: 'E001' });
  await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  await technician.call('bench.virtual', { equipmentId: 'E001', action: 'load' });
  await expect
    .poll(async () => (await technician.call('records.get', { recordNo })).result, { timeout: 45_000 })
    .not.toBeNull();
  await technician.call('bench.close', { recordNo });
  return technician.call('records.get', { recordNo });
}

export async function tested(as: As, commission: Commission): Promise<TestRecord> {
  const { recordNo, digest } = await pressed(as, commission);
  const technician = await as('jiance');
  return technician.call('records.signTest', { recordNo, digest, password: trainingPassword });
}

/** Number of the report that the checked record joined. */
export async function checked(as: As, commission: Commission): Promise<string> {
  const { recordNo, digest } = await tested(as, commission);
  const checker = await as('jiaohe');
  await checker.call('records.signCheck', { recordNo, digest, password: trainingPassword });
  const { rows } = await checker.call('reports.search', { text: commission.commissionNo });
  return rows[0]!.reportNo;
}

/** Number of a report with its code. */
export async function coded(as: As, commission: Commission): Promise<string> {
  const reportNo = await checked(as, commission);
  const signatory = await as('pizhun');
  const { digest } = await signatory.call('reports.preview', { reportNo, revision: 1 });
  await signatory.call('reports.approve', { reportNo, revision: 1, digest, password: trainingPassword });
  await expect
    .poll(async () => (await signatory.call('reports.preview', { reportNo, revision: 1 })).coded, { timeout: 45_000 })
    .toBe(true);
  return reportNo;
}

/** Types as a person does: slower than any scanner. */
export const typed = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: 65 });

/** Signs in with the keyboard alone. */
export async function enter(page: Page, username: string, password = trainingPassword): Promise<void> {
  await expect(page.getByTestId('signin-username')).toBeFocused();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('nav-user')).toBeVisible();
  await expect(page.getByTestId('banner-connection')).toHaveAttribute('data-connection', /online|offline|stopped/);
}

export async function leave(page: Page): Promise<void> {
  await page.getByTestId('nav-signout').click();
  await expect(page.getByTestId('signin-username')).toBeFocused();
}

/** The password under a signature, and Enter. */
export async function sign(page: Page, password = trainingPassword): Promise<void> {
  await expect(page.getByTestId('sign-password')).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

/** A scanner at the keyboard's plug: a key every 4 ms, then Enter, wherever the focus is. */
export async function scan(page: Page, text: string): Promise<void> {
  const wedge = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  // The time of a key is that of the scanner's plug, however busy this machine is.
  let timestamp = Date.now() / 1000;
  const press = (key: string, code: string, shift: boolean): void => {
    timestamp += 0.004;
    const about = { key, code, timestamp, modifiers: shift ? 8 : 0 };
    const character = key === 'Enter' ? '\r' : key;
    sent.push(wedge.send('Input.dispatchKeyEvent', { ...about, type: 'keyDown', text: character }));
    sent.push(wedge.send('Input.dispatchKeyEvent', { ...about, type: 'keyUp' }));
  };
  for (const character of text) {
    if (/[A-Z]/.test(character)) press(character, `Key${character}`, true);
    else if (/\d/.test(character)) press(character, `Digit${character}`, false);
    else if (character === '-') press(character, 'Minus', false);
    else throw new Error(`this scanner has no key for ${character}`);
  }
  press('Enter', 'Enter', false);
  await Promise.all(sent);
  await wedge.detach();
}

/** Chooses the machine of this bench with the keyboard. */
export async function chooseMachine(page: Page, equipmentId: string): Promise<void> {
  const field = page.locator('#bench-machine');
  await expect(page.getByTestId('place-bench')).toBeVisible();
  await field.focus();
  await page.keyboard.press('ArrowDown');
  const options = page.locator('.ant-select-item-option');
  await expect(options.filter({ hasText: equipmentId })).toBeVisible();
  const active = page.locator('.ant-select-item-option-active');
  for (let steps = 0; steps < 12 && !((await active.textContent()) ?? '').startsWith(equipmentId); steps += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('bench-machine')).toContainText(equipmentId);
}

/** Counts pointer presses from now on; a path by keyboard ends with none. */
export async function watchMouse(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = window as unknown as { pressedMouse: number };
    seen.pressedMouse = 0;
    window.addEventListener('pointerdown', () => (seen.pressedMouse += 1), { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { pressedMouse: number }).pressedMouse);
}

/** Points of a canvas in the colour of the load curve. */
export async function curvePoints(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      let drawn = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
        if (alpha > 100 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) drawn += 1;
      }
      return drawn;
    });
}

/** Lets a record go on past its stops, with the checker as the second person. */
export async function released(technician: ContractClient, recordNo: string): Promise<TestRecord> {
  let record = await technician.call('records.get', { recordNo });
  for (const stop of record.result?.stops ?? []) {
    record = await technician.call('records.releaseStop', {
      recordNo,
      code: stop.code,
      field: stop.field,
      digest: record.digest,
      reason: '已查看曲线，数据属实',
      second: { username: 'jiaohe', password: trainingPassword },
    });
  }
  return record;
}

/** A sample of any test, described by its own properties, received through the contract. */
export async function receivedOf(
  as: As,
  sample: Partial<SampleInput> & Pick<SampleInput, 'itemCode' | 'parameterCodes' | 'name' | 'properties'>,
): Promise<Commission> {
  const receiver = await as('shouyang');
  const { madeOn: _madeOn, requiredAgeDays: _age, ...plain } = exampleSample();
  return receiver.call('commissions.register', commissionOf([{ ...plain, ...sample }]));
}

/** One sample typed into the reception screen under the units of the commission before; answers its number. */
export async function receiveByHand(
  page: Page,
  item: string,
  cells: Readonly<Record<string, string>>,
  more: () => Promise<void> = async () => undefined,
): Promise<string> {
  await expect(page.getByTestId('place-reception')).toBeVisible();
  await page.locator('#reception-project').focus();
  await page.keyboard.type('云岭花园');
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F6');
  await expect(page.getByTestId('reception-witnessName')).toHaveValue('苏明');
  await page.getByTestId('sample-0-itemCode').selectOption({ label: item });
  for (const [field, text] of Object.entries(cells)) {
    const cell = page.getByTestId(`sample-0-${field}`);
    await cell.focus();
    if ((await cell.evaluate((element) => element.tagName)) === 'SELECT') await cell.selectOption({ label: text });
    else {
      await cell.press('Control+a');
      await typed(page, text);
    }
    await page.keyboard.press('Tab');
  }
  await more();
  await page.keyboard.press('F9');
  const labels = page.getByTestId('labels');
  await expect(labels.locator('article')).toHaveCount(1);
  const sampleNo = (await labels.locator('article strong').textContent()) ?? '';
  await page.keyboard.press('Escape');
  return sampleNo;
}

/** Values one after another with Enter, as a person types them. */
export async function typeDown(page: Page, values: readonly string[]): Promise<void> {
  for (const value of values) {
    await typed(page, value);
    await page.waitForTimeout(60); // A person's hand on the way to Enter; a scanner has none.
    await page.keyboard.press('Enter');
  }
}

/** Text of a PDF that a call answered with. */
export function textOfPdf(pdfBase64: string): string {
  return execFileSync('pdftotext', ['-layout', '-', '-'], {
    input: Buffer.from(pdfBase64, 'base64'),
    encoding: 'utf8',
  });
}
