// What is seen on the outside of a bent bar, in the words of record and report.
export const BEND_FINDINGS = [
  { value: 'no-crack', label: '无裂纹' },
  { value: 'crack', label: '有裂纹' },
  { value: 'broken', label: '断裂' },
] as const;
export type BendFinding = (typeof BEND_FINDINGS)[number]['value'];
export const findingText = (finding: BendFinding): string =>
  BEND_FINDINGS.find(({ value }) => value === finding)?.label ?? finding;
