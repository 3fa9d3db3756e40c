// A scanner at the keyboard's plug while a Chinese input method is on: its keys come as `Process`, its letters are composed
// and written into the field that has the focus. The right record opens and the field is as it was.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, receivedOf, typed } from './steps.ts';

const sand = {
  itemCode: 'SA-SF',
  parameterCodes: ['XD', 'JP'],
  name: '砂',
  properties: { sandKind: '天然砂', requiredClass: '中砂' },
};
const PROCESS_KEY = 229;

/** Keys of a scan as an input method passes them on: hidden, composed letter by letter, written with the last key. */
async function scanThroughInputMethod(page: Page, text: string): Promise<void> {
  const wedge = await page.context().newCDPSession(page);
  let timestamp = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  const press = (code: string, shift: boolean): void => {
    timestamp += 0.003;
    const about = { key: 'Process', code, windowsVirtualKeyCode: PROCESS_KEY, timestamp, modifiers: shift ? 8 : 0 };
    sent.push(wedge.send('Input.dispatchKeyEvent', { ...about, type: 'rawKeyDown' }));
  };
  let composed = '';
  for (const character of text) {
    const code = /[A-Z]/.test(character) ? `Key${character}` : /\d/.test(character) ? `Digit${character}` : 'Minus';
    press(code, /[A-Z]/.test(character));
    composed += character.toLowerCase();
    sent.push(
      wedge.send('Input.imeSetComposition', {
        text: composed,
        selectionStart: composed.length,
        selectionEnd: composed.length,
      }),
    );
  }
  press('Enter', false);
  sent.push(wedge.send('Input.insertText', { text: composed }));
  await Promise.all(sent);
  await wedge.detach();
}

test('a label scanned with the input method on, in the middle of a cell: the record opens, nothing of it stays @bench', async ({
  page,
}) => {
  const [first, second] = await before(page, async (as) => [await receivedOf(as, sand), await receivedOf(as, sand)]);
  const numbers = [first, second].map((commission) => commission.samples[0]!.sampleNo);
  await enter(page, 'jiance');
  await chooseMachine(page, 'E007');
  await scanThroughInputMethod(page, numbers[0]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[0]!);
  const cell = page.getByTestId('entry-sampleMass_g-1');
  await expect(cell).toBeFocused();
  await typed(page, '500.0');
  await page.waitForTimeout(120);
  await scanThroughInputMethod(page, numbers[1]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[1]!);
  await expect(cell).toHaveValue('');
  // Back at the first: what was typed before the scan was saved, and nothing of the label.
  await scanThroughInputMethod(page, numbers[0]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[0]!);
  await expect(cell).toHaveValue('500.0');
});
