// Project, contract, units, witness: the head of a commission.
import { Select } from 'antd';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { testCategories } from '../../shared/entities/commission.ts';
import type { CommissionForm, UnitField } from './form.ts';

type Project = CollectionDocument<'projects'>;

export interface UnitFieldsProps {
  form: CommissionForm;
  projects: readonly Project[];
  problems: ReadonlyMap<string, string>;
  strict: boolean;
  onChange: (change: (form: CommissionForm) => CommissionForm) => void;
}

const labels: readonly (readonly [UnitField, string, boolean])[] = [
  ['clientUnit', '委托单位', true],
  ['contractorUnit', '施工单位', true],
  ['ownerUnit', '建设单位', false],
  ['supervisorUnit', '监理单位', false],
  ['witnessUnit', '见证单位', true],
  ['witnessName', '见证人', true],
  ['witnessCertNo', '见证证书编号', true],
  ['samplerName', '取样人', true],
  ['siteAddress', '工程地址', false],
  ['remarks', '备注', false],
];

const filter = (typed: string, option?: { search?: string }): boolean =>
  typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => option?.search?.includes(word) ?? false);

const stateWords: Record<string, string> = {
  closed: '已关闭',
  suspended: '已暂停',
  finished: '已完工',
  expired: '已到期',
};
/** What the platform says of a project or contract, where it is not simply in force. */
const sayState = (state: string): string => (state === 'active' ? '' : ` · ✕ ${stateWords[state] ?? state}`);

export function UnitFields({ form, projects, problems, strict, onChange }: UnitFieldsProps) {
  const project = projects.find(({ id }) => id === form.projectId);
  const problem = (field: string, value: string): string | undefined =>
    strict || value.trim() !== '' ? problems.get(field) : undefined;
  const ordered = [...projects].sort((a, b) => Number(a.state !== 'active') - Number(b.state !== 'active'));
  const projectProblem = problem('projectId', form.projectId);
  return (
    <div className="jt-units">
      <label className="jt-field jt-units-project" htmlFor="reception-project">
        <span>工程 *</span>
        <Select
          id="reception-project"
          showSearch={{ filterOption: filter }}
          placeholder="输入工程名称、编号或监督号中的任意几个字"
          value={form.projectId === '' ? undefined : form.projectId}
          status={projectProblem === undefined ? '' : 'error'}
          options={ordered.map(({ id, name, supervisionCode, ownerUnit, state }) => ({
            value: id,
            label: `${name}（${supervisionCode}）${sayState(state)}`,
            search: `${name} ${id} ${supervisionCode} ${ownerUnit}`.toLowerCase(),
          }))}
          onChange={(projectId: string) => {
            const chosen = projects.find(({ id }) => id === projectId);
            onChange((previous) => ({
              ...previous,
              projectId,
              contractNo: chosen?.contracts[0]?.contractNo ?? '',
              ownerUnit: chosen?.ownerUnit ?? previous.ownerUnit,
            }));
          }}
          data-testid="reception-project"
        />
        {projectProblem !== undefined && <em className="jt-field-problem">! {projectProblem}</em>}
      </label>
      <label className="jt-field" htmlFor="reception-contract">
        <span>合同</span>
        <Select
          id="reception-contract"
          allowClear
          placeholder={project === undefined ? '先选工程' : '不填'}
          disabled={project === undefined}
          value={form.contractNo === '' ? undefined : form.contractNo}
          options={(project?.contracts ?? []).map(({ contractNo, state }) => ({
            value: contractNo,
            label: `${contractNo}${sayState(state)}`,
          }))}
          onChange={(contractNo?: string) => onChange((previous) => ({ ...previous, contractNo: contractNo ?? '' }))}
          data-testid="reception-contract"
        />
      </label>
      <label className="jt-field" htmlFor="reception-category">
        <span>检测类别 *</span>
        <Select
          id="reception-category"
          value={form.testCategory}
          options={testCategories.map((value) => ({ value, label: value }))}
          onChange={(testCategory) => onChange((previous) => ({ ...previous, testCategory }))}
        />
      </label>
      {labels.map(([field, label, required]) => {
        const wrong = problem(field, form[field]);
        return (
          <label
            key={field}
            className={`jt-field${field === 'siteAddress' || field === 'remarks' ? ' jt-units-wide' : ''}`}
          >
            <span>
              {label}
              {required && ' *'}
            </span>
            <input
              className="jt-input"
              value={form[field]}
              autoComplete="off"
              aria-invalid={wrong !== undefined}
              onChange={(event) => {
                const { value } = event.target;
                onChange((previous) => ({ ...previous, [field]: value }));
              }}
              data-testid={`reception-${field}`}
            />
            {wrong !== undefined && <em className="jt-field-problem">! {wrong}</em>}
          </label>
        );
      })}
      <label className="jt-check">
        <input
          type="checkbox"
          checked={form.commissionedByOwner}
          onChange={(event) => {
            const { checked } = event.target;
            onChange((previous) => ({ ...previous, commissionedByOwner: checked }));
          }}
        />
        由建设单位委托（不勾选时报告注明“委托方不是建设单位”）
      </label>
    </div>
  );
}
