// What an extensometer has beside every machine: gauge length, class with the standard it was given after, range.
import { Select } from 'antd';
import { extensometerClasses, extensometerSchema, type Extensometer } from '../../shared/entities/extensometer.ts';
import { Field } from './EntryForm.tsx';

export interface GaugeForm {
  gaugeMm: string;
  accuracyClass: Extensometer['accuracyClass'];
  classStandard: string;
  rangeMm: string;
}

export const gaugeForm = (known: Extensometer | null): GaugeForm => ({
  gaugeMm: known?.gaugeMm ?? '',
  accuracyClass: known?.accuracyClass ?? '1',
  classStandard: known?.classStandard ?? 'GB/T 12160-2019',
  rangeMm: known?.rangeMm ?? '',
});

export const gaugeOf = ({ gaugeMm, accuracyClass, classStandard, rangeMm }: GaugeForm): Extensometer => ({
  gaugeMm: gaugeMm.trim(),
  accuracyClass,
  classStandard: classStandard.trim(),
  rangeMm: rangeMm.trim(),
});

export const isWhole = (form: GaugeForm): boolean => extensometerSchema.safeParse(gaugeOf(form)).success;

const isLength = (text: string): boolean => extensometerSchema.shape.gaugeMm.safeParse(text.trim()).success;

export function GaugeFields({ form, onChange }: { form: GaugeForm; onChange: (patch: Partial<GaugeForm>) => void }) {
  const length = (name: 'gaugeMm' | 'rangeMm', label: string) => (
    <Field
      label={label}
      name={name}
      value={form[name]}
      onChange={(value) => onChange({ [name]: value })}
      problem={form[name].trim() !== '' && !isLength(form[name]) ? '应为大于 0 的数字' : undefined}
    />
  );
  return (
    <>
      {length('gaugeMm', '标距 Le mm')}
      <label className="jt-field" htmlFor="registration-class">
        <span>级别</span>
        <Select
          id="registration-class"
          value={form.accuracyClass}
          options={extensometerClasses.map((value) => ({ value, label: `${value} 级` }))}
          onChange={(accuracyClass: Extensometer['accuracyClass']) => onChange({ accuracyClass })}
        />
      </label>
      <Field
        label="级别依据（GB/T 12160、JJG 762）"
        name="classStandard"
        value={form.classStandard}
        onChange={(classStandard) => onChange({ classStandard })}
      />
      {length('rangeMm', '量程 mm')}
    </>
  );
}
