// The small field types that every message of the wire contract is made of (openapi.yaml, rules for every call):
// decimals are strings so that a rounded value keeps its digits; times carry +08:00; dates are YYYY-MM-DD.
import { z } from 'zod';

export const wireDecimal = z.string().regex(/^-?\d+(\.\d+)?$/, '须为十进制数字符串，例如 "35.1"');
export const wireDateTime = z.iso.datetime({ offset: true }).regex(/\+08:00$/, '时间须带 +08:00 时区');
export const wireDateOnly = z.iso.date();
export const sha256Text = z.string().regex(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制 SHA-256');
/** Head of a hash chain; empty for the first link. */
export const previousDigest = z.union([sha256Text, z.literal('')]);

/** A text that must say something. */
export const filled = z.string().min(1).max(500);
/** A text that must be present and may be empty (a commission without witness, a result without requirement). */
export const text = z.string().max(4000);

export const commissionNoText = z.string().min(1).max(25);
export const reportNoText = z.string().min(1).max(25);
export const recordNoText = z.string().min(1).max(20);
export const revisionNumber = z.int().min(1);
/** 0 none, 1 qualified, 2 unqualified. */
export const conclusionCode = z.union([z.literal(0), z.literal(1), z.literal(2)]);
