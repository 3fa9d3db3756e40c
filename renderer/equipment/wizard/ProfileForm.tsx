// A driver's profile as a form, made of its description; what does not fit stands beside its field. JSON comes and
// goes as a file, for a second machine of the same kind.
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { ErrorDetail } from '../../../shared/errors/appError.ts';
import { saveFile } from '../../design/files.ts';
import { at, emptyRow, isShown, put, textAt, type Field, type Typed } from './profileFields.ts';
import { profileForms } from './profileForms.ts';
import { fromProfile, keptParts, toProfile } from './profileText.ts';

interface FieldProps {
  field: Field;
  typed: Typed;
  row: Typed;
  /** Path of the row, for the problems that the core names. */
  prefix: string;
  problems: readonly ErrorDetail[];
  onChange: (row: Typed) => void;
}

function OneField({ field, typed, row, prefix, problems, onChange }: FieldProps) {
  const path = `${prefix}${field.path}`;
  const isMine = (name: string): boolean =>
    name === path ||
    (field.kind !== 'rows' &&
      (name.startsWith(`${path}.`) || path.startsWith(`${name}.`)) &&
      name !== prefix.slice(0, -1));
  const problem = problems.find((each) => each.field !== undefined && isMine(each.field))?.message;
  const value = textAt(row, field.path, field.initial ?? '');
  const id = `profile-${path}`;
  const change = (next: string): void => onChange(put(row, field.path, next));
  if (field.kind === 'rows') {
    return (
      <Rows field={field} typed={typed} prefix={prefix} problems={problems} onChange={onChange} problem={problem} />
    );
  }
  if (field.kind === 'check') {
    return (
      <label className="jt-check">
        <input
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => change(String(event.target.checked))}
          data-testid={id}
        />
        {field.label}
      </label>
    );
  }
  return (
    <label className="jt-field">
      <span>{field.label}</span>
      {field.kind === 'choice' ? (
        <select className="jt-input" value={value} onChange={(event) => change(event.target.value)} data-testid={id}>
          {(field.options ?? []).map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="jt-input"
          inputMode={field.kind === 'number' ? 'numeric' : undefined}
          value={value}
          placeholder={field.hint}
          aria-invalid={problem !== undefined}
          onChange={(event) => change(event.target.value)}
          data-testid={id}
        />
      )}
      {problem !== undefined && <em className="jt-field-problem">! {problem}</em>}
    </label>
  );
}

function Rows({
  field,
  typed,
  prefix,
  problems,
  onChange,
  problem,
}: Omit<FieldProps, 'row'> & { problem: string | undefined }) {
  const rows = at(typed, field.path);
  const list = Array.isArray(rows) ? rows : [];
  const fields = field.row ?? [];
  const write = (next: Typed[]): void => onChange(put(typed, field.path, next));
  return (
    <fieldset className="jt-profile-rows">
      <legend>{field.label}</legend>
      {problem !== undefined && <em className="jt-field-problem">! {problem}</em>}
      {list.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no other name than their place
        <div key={index} className="jt-profile-row">
          <b>{index + 1}</b>
          {fields
            .filter((each) => isShown(each, typed, row))
            .map((each) => (
              <OneField
                key={`${each.path}${each.options?.[0]?.[0] ?? ''}`}
                field={each}
                typed={typed}
                row={row}
                prefix={`${prefix}${field.path}.${index}.`}
                problems={problems}
                onChange={(next) =>
                  write(list.map((old, other) => (other === index ? fitUnit(fields, typed, next) : old)))
                }
              />
            ))}
          <Button
            size="small"
            onClick={() => write(list.filter((_, other) => other !== index))}
            aria-label={`去掉第 ${index + 1} 行`}
          >
            去掉
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => write([...list, emptyRow(fields)])} data-testid={`profile-add-${field.path}`}>
        {field.addLabel ?? '加一行'}
      </Button>
    </fieldset>
  );
}

/** Another meaning of a column has other units: one that is not among them goes. */
function fitUnit(fields: readonly Field[], typed: Typed, row: Typed): Typed {
  const unit = fields.find((field) => field.path === 'unit' && field.options && isShown(field, typed, row));
  const isOne = unit?.options?.some(([value]) => value === row['unit']) ?? true;
  return isOne ? row : put(row, 'unit', unit?.initial ?? '');
}

export function ProfileForm({
  driverId,
  typed,
  problems,
  onChange,
}: {
  driverId: string;
  typed: Typed;
  problems: readonly ErrorDetail[];
  onChange: (typed: Typed) => void;
}) {
  const file = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const fields = profileForms[driverId] ?? [];
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    try {
      const parsed: unknown = JSON.parse((await chosen.text()).replace(/^\uFEFF/, ''));
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('不是一个配置');
      onChange(fromProfile(driverId, parsed));
      setRefused(null);
    } catch (cause) {
      setRefused(
        `“${chosen.name}”不是有效的配置文件（${cause instanceof Error ? cause.message : ''}）。表单没有改动。`,
      );
    }
  };
  if (fields.length === 0) return <p className="jt-soft">这个协议不需要配置。</p>;
  const others = problems.filter((each) => !each.field || !fields.some((field) => each.field?.startsWith(field.path)));
  return (
    <div className="jt-profile" data-testid="wizard-profile">
      <div className="jt-profile-fields">
        {fields
          .filter((field) => isShown(field, typed))
          .map((field) => (
            <OneField
              key={field.path}
              field={field}
              typed={typed}
              row={typed}
              prefix=""
              problems={problems}
              onChange={onChange}
            />
          ))}
      </div>
      {others.map(({ field, message }) => (
        <em key={`${field ?? ''}${message}`} className="jt-field-problem">
          ! {[field, message].filter(Boolean).join('：')}
        </em>
      ))}
      {keptParts(typed).length > 0 && (
        <p className="jt-soft">导入的配置里另有表单没有列出的项，照原样使用：{keptParts(typed).join('、')}。</p>
      )}
      {refused !== null && <p className="jt-field-problem">! {refused}</p>}
      <div className="jt-profile-files">
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
          data-testid="profile-file"
        />
        <Button size="small" onClick={() => file.current?.click()}>
          从文件导入…
        </Button>
        <Button
          size="small"
          onClick={() => {
            const json = JSON.stringify(toProfile(driverId, typed), null, 2);
            saveFile(`${driverId}.json`, new Blob([json], { type: 'application/json' }));
          }}
        >
          导出为文件
        </Button>
      </div>
    </div>
  );
}
