// 读数: everything the method is told at reception and reads at the bench, as its declarations say.
import type { TestMethod } from '../../shared/methods/index.ts';
import { Formula } from '../record/Formula.tsx';
import { askedWords, boundWords, countWords, fieldGroups, sourceWords } from './fieldWords.ts';

export function FieldTables({ method }: { method: TestMethod }) {
  return (
    <div className="jt-method-part" data-testid="method-fields">
      {fieldGroups(method).map(({ title, fields }) => (
        <section key={title}>
          <h4>{title}</h4>
          <table className="jt-table jt-method-table jt-field-table">
            <thead>
              <tr>
                <th>名称</th>
                <th>单位 · 分辨力</th>
                <th>允许的值</th>
                <th>来源</th>
                <th>条款</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => {
                const asked = [countWords(field), askedWords(field, method)].filter(Boolean).join('；');
                return (
                  <tr key={field.name}>
                    <td>
                      {field.label}
                      {field.symbol !== undefined && (
                        <i className="jt-soft">
                          {' '}
                          <Formula text={field.symbol} />
                        </i>
                      )}
                      {asked !== '' && <small>{asked}</small>}
                    </td>
                    <td className="jt-figure">
                      {field.kind === 'decimal' ? (
                        <>
                          <Formula text={field.unit === '' ? '无单位' : field.unit} /> · {field.resolution}
                        </>
                      ) : (
                        '—'
                      )}
                    </td>
                    <td>
                      {boundWords(field)}
                      {field.kind === 'decimal' && <small>{field.maxReason}</small>}
                      {field.hint !== undefined && <small>{field.hint}</small>}
                    </td>
                    <td>{sourceWords(field)}</td>
                    <td>{field.clause}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
