// The dossiers of all machines or all people as a table for other programs, withdrawn entries among them.
import type { DossierEntry } from '../../../shared/dossier/calls.ts';
import { dossierKinds, type DossierKind } from '../../../shared/dossier/kinds.ts';
import { printedTime } from '../../../shared/entities/scalars.ts';
import { csvText } from '../files/csv.ts';

const head = [
  '编号',
  '名称',
  '类别',
  '日期',
  '内容',
  '实施',
  '证书或记录编号',
  '结论',
  '说明',
  '下次日期',
  '附件',
  '登记人',
  '登记时间',
  '撤回',
];

export function dossierCsv(entries: readonly DossierEntry[], nameOf: (subjectId: string) => string): string {
  const rows = entries.map((entry) => {
    const kind: DossierKind = dossierKinds[entry.kind];
    return [
      entry.subjectId,
      nameOf(entry.subjectId),
      kind.name,
      entry.day,
      entry.title,
      entry.doneBy,
      entry.documentNo,
      entry.result === null ? '' : (kind.results?.[entry.result] ?? ''),
      entry.detail,
      entry.nextOn ?? '',
      entry.files.map(({ fileName }) => fileName).join('；'),
      entry.enteredByName,
      printedTime(entry.enteredAt),
      entry.withdrawn === null
        ? ''
        : `${printedTime(entry.withdrawn.at)} ${entry.withdrawn.byName}：${entry.withdrawn.reason}`,
    ];
  });
  return csvText([head, ...rows]);
}
