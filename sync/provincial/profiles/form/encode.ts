// Second of the profile's three functions: what is asked or told as the named values of a form.
import type { JsonObject, ReferenceKind } from '../../port.ts';
import { FORM_DATA_KINDS, FORM_REFERENCE_KINDS, type FormOperationName } from '../../../wire/form-contract.ts';

export interface FormRequest {
  name: FormOperationName;
  values: Record<string, string>;
}

/** A file: base64 in the form, its SHA-256 in the check value. */
function fileValues(sha256: string, bytes: Uint8Array): Record<string, string> {
  return { xs: sha256, wj: Buffer.from(bytes).toString('base64') };
}

const content = (payload: object): string => JSON.stringify(payload);

export function isCarried(kind: string): kind is keyof typeof FORM_DATA_KINDS {
  return Object.hasOwn(FORM_DATA_KINDS, kind);
}

function dataKey(kind: keyof typeof FORM_DATA_KINDS, key: string, revision: number): Record<string, string> {
  return { lx: FORM_DATA_KINDS[kind], bh: key, bb: String(revision) };
}

function reportKey(reportNo: string, revision: number): Record<string, string> {
  return { bgbh: reportNo, bb: String(revision) };
}

export const encode = {
  login: (): FormRequest => ({ name: 'login', values: {} }),
  time: (): FormRequest => ({ name: 'time', values: {} }),
  institution: (): FormRequest => ({ name: 'institution', values: {} }),
  reference: (kind: ReferenceKind, cursor: string | null, limit: number): FormRequest => ({
    name: 'reference',
    values: { lx: FORM_REFERENCE_KINDS[kind], yb: cursor ?? '', hs: String(Math.min(limit, 100)) },
  }),
  queryCommission: (wtbh: string): FormRequest => ({ name: 'queryCommission', values: { wtbh } }),
  saveCommission: (wtbh: string, payload: JsonObject): FormRequest => ({
    name: 'saveCommission',
    values: { wtbh, nr: content(payload) },
  }),
  queryData: (kind: keyof typeof FORM_DATA_KINDS, key: string, revision: number): FormRequest => ({
    name: 'queryData',
    values: dataKey(kind, key, revision),
  }),
  saveData: (kind: keyof typeof FORM_DATA_KINDS, key: string, revision: number, payload: JsonObject): FormRequest => ({
    name: 'saveData',
    values: { ...dataKey(kind, key, revision), nr: content(payload) },
  }),
  queryFile: (sha256: string): FormRequest => ({ name: 'queryFile', values: { xs: sha256 } }),
  saveFile: (sha256: string, bytes: Uint8Array): FormRequest => ({
    name: 'saveFile',
    values: fileValues(sha256, bytes),
  }),
  queryReport: (reportNo: string, revision: number): FormRequest => ({
    name: 'queryReport',
    values: reportKey(reportNo, revision),
  }),
  saveReport: (reportNo: string, revision: number, payload: JsonObject): FormRequest => ({
    name: 'saveReport',
    values: { ...reportKey(reportNo, revision), nr: content(payload) },
  }),
  issueCode: (reportNo: string, revision: number): FormRequest => ({
    name: 'issueCode',
    values: reportKey(reportNo, revision),
  }),
  fileReport: (reportNo: string, revision: number, sha256: string, bytes: Uint8Array): FormRequest => ({
    name: 'fileReport',
    values: { ...reportKey(reportNo, revision), ...fileValues(sha256, bytes) },
  }),
  queryChange: (bgbh: string, bgdh: string): FormRequest => ({ name: 'queryChange', values: { bgbh, bgdh } }),
  saveChange: (bgbh: string, bgdh: string, payload: JsonObject): FormRequest => ({
    name: 'saveChange',
    values: { bgbh, bgdh, nr: content(payload) },
  }),
  queryVoid: (bgbh: string): FormRequest => ({ name: 'queryVoid', values: { bgbh } }),
  saveVoid: (bgbh: string, request: object): FormRequest => ({
    name: 'saveVoid',
    values: { bgbh, nr: content(request) },
  }),
  events: (cursor: string | null): FormRequest => ({ name: 'events', values: { yb: cursor ?? '' } }),
  verify: (sbm: string): FormRequest => ({ name: 'verify', values: { sbm } }),
} as const;
