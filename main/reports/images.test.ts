// Images on papers: beside their own signature and nowhere else, the seal with the code only; no word is covered or lost, equal
// content gives equal bytes, and a paper whose images are missing is refused.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealPng, signaturePng } from '../core/images/images.test-helper.ts';
import type { PaperImages, PrintedImage } from '../../shared/reports/report-parts.ts';
import { expectTidy } from './paper-checks.test-helper.ts';
import { denseText, missingTools } from './pdf-tools.test-helper.ts';
import { createReportRenderer, type ReportRenderer } from './renderer.ts';
import { sampleCode, sampleTestReport, sampleVerifyUrl } from './sample-content.test-helper.ts';
import { sampleTestRecord } from './sample-record.test-helper.ts';

const bytes = new Map<string, Uint8Array>();
const kept = (picture: Buffer): PrintedImage => {
  const sha256 = createHash('sha256').update(picture).digest('hex');
  bytes.set(sha256, picture);
  return { sha256, format: 'png' };
};
const beside = (signatures: readonly { meaning: 'test' | 'check' | 'approve'; name: string; at: string }[]) =>
  signatures.map(({ meaning, name, at }, index) => ({ meaning, name, at, ...kept(signaturePng(index * 31)) }));

let renderer: ReportRenderer;
beforeAll(() => {
  renderer = createReportRenderer({ imageOf: ({ sha256 }) => bytes.get(sha256) ?? new Uint8Array() });
});
afterAll(() => renderer.close());

const plain = { ...sampleTestReport({}, 1), code: { code: sampleCode, verifyUrl: sampleVerifyUrl } };
const images: PaperImages = { signatures: beside(plain.signatures), seal: kept(sealPng()) };
const relations = [
  '样品 YP-2 为复检，首次报告 BG-1（样品 YP-1，记录 JL-1）：抗拉强度 535（应复验）。本报告不代替首次报告。',
];
const objects = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .split(/\/Subtype\s*\/Image/u).length - 1;
const report = (content: object, coded = true) => renderer.renderReport({ ...plain, ...content }, { coded });

describe.skipIf(missingTools)(`words (${missingTools ?? 'read with poppler'})`, () => {
  test('every word of the paper without images stands on the one with them, and none over another', async () => {
    const [without, withThem] = [await report({}), await report({ images, relations })];
    expect(denseText(withThem)).toContain(relations[0]?.replaceAll(' ', ''));
    for (const { name } of plain.signatures) expect(denseText(withThem)).toContain(name);
    expect(denseText(without)).toContain('（检测专用章）');
    // The printed seal takes the place of the words that keep room for it.
    expect(denseText(withThem)).not.toContain('（检测专用章）');
    expect(denseText(await report({ images: { ...images, seal: null } }))).toContain('（检测专用章）');
    expectTidy(withThem);
    const record = sampleTestRecord();
    const paper = { ...record, images: { signatures: beside(record.signatures), seal: null } };
    expectTidy(await renderer.renderRecord(paper));
  });
});

test('the seal stands only where the code stands, an image only beside its own signature', async () => {
  const none = objects(await report({}));
  const [coded, uncoded] = [objects(await report({ images })), objects(await report({ images }, false))];
  expect([uncoded > none, coded > uncoded]).toEqual([true, true]);
  const strange = { ...images, seal: null, signatures: images.signatures.map((one) => ({ ...one, name: '旁人' })) };
  expect(objects(await report({ images: strange }))).toBe(none);
});

test('equal content gives equal bytes; without images the bytes are those of a program that knows none', async () => {
  const twice = [await report({ images, relations }), await report({ images, relations })];
  expect(Buffer.from(twice[0]!).equals(twice[1]!)).toBe(true);
  const other = createReportRenderer();
  try {
    expect(Buffer.from(await other.renderReport(plain, { coded: true })).equals(await report({}))).toBe(true);
    await expect(other.renderReport({ ...plain, images }, { coded: true })).rejects.toThrow('no images');
  } finally {
    await other.close();
  }
});
