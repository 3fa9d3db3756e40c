// What stands over the lines of a file: what a person has to choose, and what is to be known of the file as a whole.
import type { FilePreview } from '../../../shared/instrument-files/calls.ts';

interface ChoicesProps {
  preview: FilePreview;
  sample: string | null;
  onSample: (sample: string | null) => void;
  fields: Record<string, string>;
  onFields: (fields: Record<string, string>) => void;
}

/** What the profile leaves to the person: which of the file's samples, which reading a channel is. */
export function Choices({ preview, sample, onSample, fields, onFields }: ChoicesProps) {
  const asksSample = preview.sampleInFile && (sample !== null || !preview.samples.some(({ own }) => own));
  if (!asksSample && preview.open.length === 0) return null;
  return (
    <div className="jt-ifile-bar">
      {asksSample && (
        <label className="jt-field">
          <span>文件里没有本样品的编号，它是</span>
          <select
            className="jt-input"
            value={sample ?? ''}
            onChange={(event) => onSample(event.target.value === '' ? null : event.target.value)}
            data-testid="file-sample"
          >
            <option value="">（请选择）</option>
            {preview.samples.map(({ sample: name, rows }) => (
              <option key={name} value={name}>
                {name}（{rows} 行）
              </option>
            ))}
          </select>
        </label>
      )}
      {preview.open.map(({ valueId, label, fields: possible }) => (
        <label key={valueId} className="jt-field">
          <span>{label} 是</span>
          <select
            className="jt-input"
            value={fields[valueId] ?? ''}
            onChange={(event) => {
              const { [valueId]: _, ...rest } = fields;
              onFields(event.target.value === '' ? rest : { ...rest, [valueId]: event.target.value });
            }}
            data-testid={`file-field-${valueId}`}
          >
            <option value="">（不取）</option>
            {possible.map(({ field, label: name }) => (
              <option key={field} value={field}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}

export function Summary({ preview }: { preview: FilePreview }) {
  return (
    <div data-testid="file-summary">
      <p className="jt-ifile-sum">
        <b>{preview.fileName}</b>
        <span>
          {preview.rowCount} 行{preview.filtered > 0 ? `，另有 ${preview.filtered} 行按配置不读` : ''}
        </span>
        <span className="jt-tone-good">✓ 可取 {preview.takeCount} 个读数</span>
        {preview.replaceCount > 0 && <span className="jt-tone-warn">▲ 更正 {preview.replaceCount} 处</span>}
        <span className={preview.faultCount > 0 ? 'jt-tone-bad' : 'jt-soft'}>✕ 不取 {preview.faultCount} 处</span>
        <span className="jt-soft jt-ifile-digest" title={preview.sha256}>
          SHA-256 {preview.sha256.slice(0, 16)}
        </span>
      </p>
      {preview.blocked !== null && (
        <p className="jt-note jt-tone-bad" role="alert">
          ✕ {preview.blocked}
        </p>
      )}
      {preview.before.length > 0 && (
        <p className="jt-note jt-tone-warn" data-testid="file-before">
          ▲ 这个文件以前取入过：
          {preview.before
            .map(({ recordNo, at, personName }) => `${recordNo}（${personName} ${at.slice(0, 16).replace('T', ' ')}）`)
            .join('、')}
        </p>
      )}
      {preview.warnings.map((warning) => (
        <p key={warning} className="jt-note jt-tone-warn">
          ▲ {warning}
        </p>
      ))}
    </div>
  );
}
