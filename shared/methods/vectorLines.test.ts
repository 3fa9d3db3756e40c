// What lines of a vector file are refused for: a reading too large, too small, missing or no reading at all, in the words
// that `jiantai compute` prints. They stand in `testing/sheets/vector-lines.txt`; whole forms (`-record`) are not asked here,
// their bounds stand in the sheets of figures.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { computeVector } from './compute.ts';
import { writtenVectors } from './testing/vectors.ts';

const SHEET = fileURLToPath(new URL('./testing/sheets/vector-lines.txt', import.meta.url));
const WRONG: Readonly<Record<string, string | undefined>> = {
  大: '1000000',
  小: '0.000001',
  缺: undefined,
  非: '？',
};

/** The first reading replaced, however deep it stands; a reading that is missing takes its whole list along. */
function spoilt(value: unknown, wrong: string | undefined): unknown {
  if (!Array.isArray(value) || wrong === undefined) return wrong;
  return [spoilt(value[0], wrong), ...(value.slice(1) as unknown[])];
}

function refusals(method: string): string[] {
  const lines = writtenVectors.filter((line) => line.method === method);
  const keys = [...new Set(lines.flatMap(({ inputs }) => Object.keys(inputs)))].filter((key) => key !== 'policies');
  const said = keys.flatMap((key) => {
    const { id = '', inputs = {} } = lines.find((line) => Object.hasOwn(line.inputs, key)) ?? {};
    return Object.entries(WRONG).map(([name, wrong]) => {
      const given = Object.entries({ ...inputs, [key]: spoilt(inputs[key], wrong) });
      const line = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      const { error } = computeVector({ id, method, inputs: line });
      const detail = error?.details?.[0];
      const words = error === undefined ? '可以' : `${error.message}【${detail?.field ?? ''}】${detail?.rule ?? ''}`;
      return `${key} ${name}：${words}`;
    });
  });
  return [`== ${method}`, ...said, ''];
}

test('the words of refused vector lines', async () => {
  const methods = [...new Set(writtenVectors.map(({ method }) => method))].filter((name) => !name.endsWith('-record'));
  await expect(methods.toSorted().flatMap(refusals).join('\n')).toMatchFileSnapshot(SHEET);
});
