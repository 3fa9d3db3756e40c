// @vitest-environment jsdom
// The dialog that reads a file: faults stand beside their rows, nothing is taken before it was seen, a correction needs its
// reason, what is too large is never sent.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { FilePreview, PreviewLine, WatchedSource } from '../../../shared/instrument-files/calls.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { ClientProvider, type WindowClient } from '../../client.ts';
import { recordOf } from '../testRecord.test-helper.ts';
import { FileDialog } from './FileDialog.tsx';

afterEach(cleanup);

const line = (changes: Partial<PreviewLine>): PreviewLine => ({
  key: '2-rebound', row: 2, sample: 'YP1', label: '回弹值', place: '测区 1 回弹值', values: '35、36', unit: '', inFile: null,
  measuredAt: null, state: 'new', old: null, message: null, ...changes,
}); // prettier-ignore
const previewOf = (changes: Partial<FilePreview> = {}): FilePreview => ({
  sha256: 'a'.repeat(64), fileName: 'r.csv', digest: 'b'.repeat(64), rowCount: 2, filtered: 0, takeCount: 16, replaceCount: 0,
  faultCount: 0, sampleInFile: true, samples: [{ sample: 'YP1', rows: 2, own: true }], open: [], warnings: [], before: [],
  blocked: null, lines: [line({})], ...changes,
}); // prettier-ignore
const profiles = [
  { id: 'rebound-csv', title: '回弹仪', content: '{"values":[{"field":"rebound_R"}]}' },
  { id: 'caliper-csv', title: '卡尺', content: '{"values":[{}]}' },
].map((profile) => ({
  ...profile, instrument: '', status: 'unproven', statusNote: '未经实机验证', extensions: ['csv'], builtIn: true, confirmations: [],
})); // prettier-ignore

interface Sent {
  name: string;
  input: Record<string, unknown>;
}

function show(previews: (FilePreview | AppError)[], sources: readonly WatchedSource[] = []) {
  const sent: Sent[] = [];
  const taken = vi.fn();
  const closed = vi.fn();
  const client = {
    call(name: string, input: Record<string, unknown>) {
      sent.push({ name, input });
      if (name === 'instrumentFiles.profiles') return Promise.resolve({ profiles });
      if (name !== 'instrumentFiles.preview') return Promise.resolve({});
      const next = previews.length > 1 ? previews.shift() : previews[0];
      return next instanceof AppError ? Promise.reject(next) : Promise.resolve(next);
    },
    subscribe: () => () => undefined,
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  const record = recordOf('rebound', ['HT'], {
    equipmentId: 'E008',
    sample: { sampleNo: 'YP1', sampleCode: 'C1', properties: {} } as never,
  });
  render(
    <ClientProvider value={client}>
      <FileDialog record={record} sources={sources} onClose={closed} onTaken={taken} />
    </ClientProvider>,
  );
  const pick = (file = new File(['x'], 'r.csv')) =>
    fireEvent.change(screen.getByTestId('file-picker'), { target: { files: [file] } });
  const calls = (name: string) => sent.filter((one) => one.name === name).map(({ input }) => input);
  return { pick, calls, taken, closed };
}
const profileReady = () =>
  waitFor(() => expect(screen.getByTestId<HTMLSelectElement>('file-profile').value).toBe('rebound-csv'));
const takeButton = () => screen.getByTestId<HTMLButtonElement>('file-take');

test('the method’s own profile is chosen; a file is looked at, taken with the digest that was shown', async () => {
  const { pick, calls, taken, closed } = show([previewOf()]);
  await profileReady();
  expect(takeButton().disabled).toBe(true);
  pick();
  await waitFor(() => expect(takeButton().textContent).toContain('取入 16 个读数'));
  expect(calls('instrumentFiles.preview')).toHaveLength(1);
  fireEvent.click(takeButton());
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(taken).toHaveBeenCalledTimes(1);
  expect(calls('instrumentFiles.take')).toMatchObject([
    { sha256: 'a'.repeat(64), digest: 'b'.repeat(64), equipmentId: 'E008' },
  ]);
});

test('faults stand first, each beside its row; a file of nothing but faults takes nothing', async () => {
  const lines = [line({}), line({ key: '3-rebound', row: 3, state: 'fault', message: '超过回弹仪在钢砧上的值 80' })];
  const { pick } = show([previewOf({ lines, takeCount: 0, faultCount: 1 })]);
  await profileReady();
  pick();
  const rows = await screen.findAllByTestId('file-line');
  expect(rows[0]?.textContent).toContain('超过回弹仪在钢砧上的值');
  expect(takeButton().disabled).toBe(true);
});

test('a correction waits for its reason, which goes with it', async () => {
  const { pick, calls, closed } = show([
    previewOf({ replaceCount: 1, lines: [line({ state: 'replace', old: '44' })] }),
  ]);
  await profileReady();
  pick();
  const reason = await screen.findByTestId('file-reason');
  expect(takeButton().disabled).toBe(true);
  fireEvent.change(reason, { target: { value: ' 重新导出 ' } });
  fireEvent.click(takeButton());
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(calls('instrumentFiles.take')).toMatchObject([{ reason: '重新导出' }]);
});

test('what blocks the whole file, what was taken before and what is wrong with it are said', async () => {
  const { pick } = show([
    previewOf({
      blocked: '最大力（N）的真实单位还没有人用已知值确认',
      before: [{ recordNo: 'YS1', at: '2026-11-20T09:00:00.000+08:00', personName: '梁志远' }],
    }),
  ]);
  await profileReady();
  pick();
  await waitFor(() => expect(screen.getByTestId('file-summary').textContent).toContain('还没有人用已知值确认'));
  expect(screen.getByTestId('file-before').textContent).toContain('YS1（梁志远 2026-11-20 09:00）');
  expect(takeButton().disabled).toBe(true);
});

test('a file that cannot be read says why; one that is too large is not even sent', async () => {
  const { pick, calls } = show([
    new AppError({ code: 'INSTRUMENT_FILE_UNREADABLE', message: 'r.csv：不是文本文件。' }),
  ]);
  await profileReady();
  pick();
  await waitFor(() => expect(screen.getByTestId('error-block').textContent).toContain('不是文本文件'));
  const large = new File([], 'large.csv');
  Object.defineProperty(large, 'size', { value: 100 * 1024 * 1024 });
  pick(large);
  await waitFor(() => expect(screen.getByTestId('error-block').textContent).toContain('有 100 MB，最多取入 20 MB'));
  expect(calls('instrumentFiles.preview')).toHaveLength(1);
});

test('a sample that the file names otherwise, and a channel, are chosen by the person; the newest choice is what is shown', async () => {
  const asking = previewOf({
    takeCount: 0, lines: [], samples: [{ sample: 'KL-3', rows: 1, own: false }],
    open: [{ valueId: 'channel-1', label: '通道 1', chosen: null, fields: [{ field: 'heights_mm', label: '高度' }] }],
  }); // prettier-ignore
  const { pick, calls } = show([asking]);
  await profileReady();
  pick();
  fireEvent.change(await screen.findByTestId('file-sample'), { target: { value: 'KL-3' } });
  fireEvent.change(screen.getByTestId('file-field-channel-1'), { target: { value: 'heights_mm' } });
  await waitFor(() =>
    expect(calls('instrumentFiles.preview').at(-1)).toMatchObject({
      sample: 'KL-3',
      fields: { 'channel-1': 'heights_mm' },
      from: { sha256: 'a'.repeat(64) },
    }),
  );
});

test('what a watched place offers is chosen with its own profile and instrument; its troubles are said', async () => {
  const source: WatchedSource = {
    sourceId: 'E005', equipmentId: 'E005', profileId: 'caliper-csv', path: '/x', state: 'watching', trouble: null, lastLookAt: null,
    offers: [
      { fileName: 'other.csv', sha256: 'c'.repeat(64), at: '', newRows: 3, samples: ['YP9'], trouble: null },
      { fileName: 'mine.csv', sha256: 'd'.repeat(64), at: '', newRows: 2, samples: ['C1'], trouble: null },
      { fileName: 'bad.csv', sha256: '', at: '', newRows: null, samples: [], trouble: '不是文本文件' },
    ],
  }; // prettier-ignore
  const { calls } = show([previewOf()], [source]);
  await profileReady();
  const offers = screen.getAllByTestId('file-offer');
  expect(offers.map(({ textContent }) => textContent)).toEqual(['E005 mine.csv', 'E005 other.csv']);
  expect(screen.getByTestId('file-offers').textContent).toContain('bad.csv ✕ 不是文本文件');
  fireEvent.click(offers[0]!);
  await waitFor(() =>
    expect(calls('instrumentFiles.preview')).toMatchObject([
      { profileId: 'caliper-csv', from: { sourceId: 'E005', fileName: 'mine.csv' } },
    ]),
  );
});
