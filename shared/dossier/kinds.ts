// 档案: what a lab keeps of its people and machines beside the platform's master data. ISO/IEC 17025 6.2 and 6.4,
// RB/T 214 4.2 and 4.4: which entries there are, which of them have a result, and which come round again.
export const dossierSubjects = ['equipment', 'person', 'standard'] as const;
export type DossierSubject = (typeof dossierSubjects)[number];

export interface DossierKind {
  readonly name: string;
  readonly subject: DossierSubject;
  /** Words of a good and of a bad result; null where the entry says only that something was done. */
  readonly results: { readonly passed: string; readonly failed: string } | null;
  /** A bad result takes the machine out of use until somebody puts it back. */
  readonly stops: boolean;
  /** Whether it comes round again. */
  readonly recurs: boolean;
  /** What the second line of the form asks for. */
  readonly by: string;
  /** What the number is of, where it is not a certificate's. */
  readonly document?: string;
}

const good = { passed: '合格', failed: '不合格' };

export const dossierKinds = {
  calibration: { name: '检定/校准', subject: 'equipment', results: { passed: '符合使用要求', failed: '不符合使用要求' }, stops: true, recurs: true, by: '检定/校准机构' },
  intermediateCheck: { name: '期间核查', subject: 'equipment', results: good, stops: true, recurs: true, by: '核查人' },
  maintenance: { name: '维护保养', subject: 'equipment', results: null, stops: false, recurs: true, by: '维护人' },
  repair: { name: '维修', subject: 'equipment', results: null, stops: false, recurs: false, by: '维修单位' },
  training: { name: '培训', subject: 'person', results: good, stops: false, recurs: true, by: '培训单位或讲师' },
  supervision: { name: '监督', subject: 'person', results: { passed: '符合', failed: '不符合' }, stops: false, recurs: true, by: '监督员' },
  competence: { name: '能力确认', subject: 'person', results: { passed: '通过', failed: '未通过' }, stops: false, recurs: true, by: '确认人' },
  currency: { name: '查新', subject: 'standard', results: { passed: '现行有效', failed: '已被代替或废止' }, stops: false, recurs: true, by: '查新确认人' },
  controlledCopy: { name: '受控文本', subject: 'standard', results: null, stops: false, recurs: false, by: '保管人', document: '受控编号' },
  authorisation: { name: '授权', subject: 'person', results: null, stops: false, recurs: true, by: '授权人' },
} as const satisfies Record<string, DossierKind>; // prettier-ignore

export type DossierKindId = keyof typeof dossierKinds;
export const dossierKindIds = Object.keys(dossierKinds) as [DossierKindId, ...DossierKindId[]];

export const kindsOf = (subject: DossierSubject): DossierKindId[] =>
  dossierKindIds.filter((id) => dossierKinds[id].subject === subject);

/** Days before something is due on which people are reminded. */
export const REMINDER_DAYS = [60, 30, 7] as const;
